import { describe, expect, it } from 'vitest';
import { runStatus } from '../../../src/cli/look-back/run-status.ts';
import type { EventData, EventType, LedgerEvent } from '../../../src/ledger/event.ts';
import { planOf } from '../../support/run-events.ts';
import { makeTestContext } from '../../support/test-context.ts';
import { makeTestWired } from '../../support/test-wired.ts';

// The clock of the tests stands at 2025-10-01T14:00:00Z, 10:00 in New York.
function event<T extends EventType>(type: T, minute: number, run: string, data: EventData[T]): LedgerEvent {
  const at = `2025-10-01T13:${String(minute).padStart(2, '0')}:00.000Z`;
  const head = { v: 1, id: `${type}-${minute}`, scope: 'shop/production', run, seq: minute, epoch: 1 };
  const origin = { at, host: 'dana-mbp', actor: 'Dana Ito', tool: '0.1.0', p: '', h: '' };
  return { ...head, ...origin, type, data } as LedgerEvent;
}

const deployed = [
  event('run.planned', 0, 'r-1', { plan: planOf(8), request: {}, configDigest: 'd1' }),
  event('run.finished', 9, 'r-1', { verdict: 'completed', said: 'all good' }),
];
const back = { ...planOf(2), command: 'rollback', version: 'v2.0.3', from: 'v2.1.0' } as const;
const ordered = event('run.planned', 30, 'r-2', {
  plan: back,
  request: { severity: 'P0', reason: 'errors', orderedBy: 'Sam Ortiz' },
  configDigest: 'd1',
});
const declared = event('watch.noted', 20, 'n-1', {
  text: 'payments fail',
  by: 'Kim Vale',
  version: 'v2.1.0',
  severity: 'P1',
});

async function look(...events: LedgerEvent[]) {
  const { context } = makeTestContext({ command: 'status', flags: { env: 'production' } });
  const live = async () => ({ version: '2.1.0', latencyMs: 1 });
  const wired = makeTestWired({ events: [...deployed, ...events], live }).wired;
  const ended = await runStatus(context, async () => wired);
  const [env] = ended.result.environments as { incident: { commander: string | null } | null }[];
  return { ...ended, text: ended.text.replace(/\s+/g, ' '), incident: env?.incident };
}

describe('status in an incident', () => {
  it('HOE-19, HOE-01: whoever begins the rollback commands it from that moment, and status says so', async () => {
    const { text, incident } = await look(ordered);
    expect(text).toContain('INCIDENT INC-2025-10-01-1, P0 of v2.1.0, detected 1 Oct 09:30 EDT (30 min)');
    expect(text).toContain('commander: Sam Ortiz since 1 Oct 09:30 EDT');
    expect(incident).toMatchObject({ id: 'INC-2025-10-01-1', commander: 'Sam Ortiz', isTakenBack: true });
  });

  it('HOE-19: whoever declared it before keeps the command when somebody else rolls back', async () => {
    const { text, next } = await look(declared);
    expect(text).toContain('commander: Kim Vale since 1 Oct 09:20 EDT');
    expect(next).toContain('release rollback --to previous --plan --env production');
    expect((await look(declared, ordered)).text).toContain('commander: Kim Vale since 1 Oct 09:20 EDT');
  });

  it('HOE-19: shows to whom it was offered, and that nobody has taken it', async () => {
    const about = { subject: 'INC-2025-10-01-1', version: 'v2.1.0' };
    const offered = event('handoff.offered', 40, 'c-1', { ...about, by: 'Kim Vale', to: 'Lee Park' });
    const { text } = await look(declared, offered);
    expect(text).toContain(
      'commander: Kim Vale since 1 Oct 09:20 EDT; offered to Lee Park at 1 Oct 09:40 EDT',
    );
    const change = { severity: 'P0', rule: 'error-percent', series: null };
    const fired = event('watch.changed', 20, 'w', { version: 'v2.1.0', change });
    const free = await look(fired);
    expect(free.text).toContain(
      'nobody has taken command: release handoff emergency INC-2025-10-01-1 --accept',
    );
    expect(free.next[0]).toBe('release handoff emergency INC-2025-10-01-1 --accept --env production');
  });

  it('says nothing of an incident that is over', async () => {
    const resolved = event('watch.noted', 50, 'n-2', {
      ...{ text: 'it was the bank', by: 'Kim Vale', version: 'v2.1.0', resolves: declared.id },
    });
    expect((await look(declared, resolved)).incident).toBeNull();
    const value = { outcome: 'confirmed', said: '15 min of real traffic' };
    const ended = event('run.finished', 40, 'r-2', { verdict: 'completed', said: 'back' });
    expect((await look(ordered, ended)).incident).toMatchObject({ commander: 'Sam Ortiz' });
    const confirmed = event('fact', 55, 'r-2', { name: 'confirmation', value });
    expect((await look(ordered, ended, confirmed)).incident).toBeNull();
  });
});

describe('status of a release', () => {
  it('PRE-33: names the phase from T-0 on, by the day of the deploy', async () => {
    const { text, result } = await look();
    expect(text).toContain('today is T-0: release');
    expect(result).toMatchObject({ environments: [{ phase: [{ label: 'T-0', isNow: true }] }] });
  });
});
