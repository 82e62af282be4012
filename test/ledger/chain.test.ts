import { describe, expect, it } from 'vitest';
import { GENESIS, hashOf, lineOf, readChain } from '../../src/ledger/chain.ts';
import type { LedgerEvent } from '../../src/ledger/event.ts';

const START = { seq: 0, hash: GENESIS };

function chain(...data: object[]): LedgerEvent[] {
  let p = GENESIS;
  return data.map((one, i) => {
    const event = {
      ...{ v: 1, id: `e${i}`, run: 'r', type: 'gate.decided', data: one, scope: 's/e', epoch: 0 },
      ...{ at: '2026-11-25T10:00:00.000Z', host: 'here', actor: 'ada', tool: '1', seq: i + 1, p },
    } as unknown as Omit<LedgerEvent, 'h'>;
    p = hashOf(event);
    return { ...event, h: p } as LedgerEvent;
  });
}

const EVENTS = chain({ said: 'one' }, { said: 'a "h":"x", in a text', h: 'in data' }, { said: '$& ö' });

describe('lines of a journal', () => {
  it('are proven as they are written, also when a text looks like a hash', () => {
    expect(readChain(EVENTS.map(lineOf), START, 'here')).toEqual(EVENTS);
  });

  it('are proven in any order of their keys, as earlier versions wrote them', () => {
    expect(
      readChain(
        EVENTS.map((event) => JSON.stringify(event)),
        START,
        'here',
      ),
    ).toEqual(EVENTS);
  });

  it('T43: are data and nothing else, also where a key is one of all objects', () => {
    const [hostile] = chain({ said: 'one', ['__proto__']: { polluted: 1 } });
    expect(Object.keys(readChain([JSON.stringify(hostile)], START, 'here')[0]?.data ?? {})).toContain(
      '__proto__',
    );
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    for (const text of ['null', '[]', '"text"', '1', '{"__proto__":{"seq":1,"data":{}}}', '['.repeat(50_000)])
      expect(() => readChain([text], START, 'here')).toThrow(/damaged at entry 1/);
  });

  it('F15: are never taken with one letter changed, whatever the order of their keys', () => {
    for (const write of [lineOf, (event: LedgerEvent) => JSON.stringify(event)]) {
      const lines = EVENTS.map((event, i) =>
        i === 1 ? write(event).replace('in a text', 'in a test') : write(event),
      );
      expect(() => readChain(lines, START, 'here')).toThrow('damaged at entry 2: its hash is wrong');
    }
  });

  it('F15: are never taken with the hash of another event', () => {
    const [first, second] = EVENTS as [LedgerEvent, LedgerEvent];
    const forged = { ...second, h: first.h };
    expect(() => readChain([lineOf(first), lineOf(forged)], START, 'here')).toThrow('its hash is wrong');
  });
});
