import { describe, expect, it } from 'vitest';
import { judgeGate } from '../../../src/cli/runs/judge-gate.ts';
import type { PlannedGate } from '../../../src/domain/plan.ts';
import type { EngineEvent } from '../../../src/engine/events.ts';
import type { Check } from '../../../src/kit.ts';
import { answering } from '../../support/test-wired.ts';
import { makeCliWorld } from '../cli-world.ts';

const entry: PlannedGate = { kind: 'gate', name: 'gate-smoke', title: 'Smoke', stop: 'safe', gate: 'smoke' };
const inGate = (check: Check): Check => ({ ...check, gates: ['smoke'] });

async function judge(checks: readonly Check[]) {
  const { wired, context } = makeCliWorld({ checks });
  const events: EngineEvent[] = [];
  const release = { version: 'v2.1.0', branch: 'release/v2.1.0' };
  const facts = { smoke: { call: 'go' } };
  const answer = await judgeGate(entry, facts, release, wired, context, (event) => events.push(event));
  return { answer, events };
}

describe('a gate inside a plan', () => {
  it('asks the checks of its own gate alone, and shows them', async () => {
    const { answer, events } = await judge([
      inGate(answering('app.smoke', 'pass')),
      answering('app.health', new Error('asked')),
    ]);
    expect(answer).toMatchObject({ call: 'go', because: [], counts: { pass: 1 } });
    expect(events.filter((event) => event.type === 'check.result')).toHaveLength(1);
  });

  it('says no, with what was found, for machines and for people', async () => {
    const { answer } = await judge([
      inGate(answering('app.smoke', 'fail', '2 of 20 wrong: HTTP 500')),
      inGate(answering('app.other', 'pass')),
    ]);
    expect(answer).toMatchObject({
      call: 'no-go',
      because: ['app.smoke'],
      said: 'app.smoke: 2 of 20 wrong: HTTP 500',
    });
  });

  it('holds for what nobody knows, and says no when nobody looked', async () => {
    expect((await judge([inGate(answering('app.smoke', new Error('socket')))])).answer.call).toBe('hold');
    expect((await judge([])).answer).toMatchObject({ call: 'no-go', said: 'Nobody looked.' });
  });

  it('hands the checks what the run has found out, and the release', async () => {
    let seen: unknown;
    const curious: Check = inGate({
      ...answering('app.smoke', 'pass'),
      probe: async (_, { facts, release }) => {
        seen = { facts, release };
        return 'pass';
      },
    });
    await judge([curious]);
    expect(seen).toEqual({
      facts: { smoke: { call: 'go' } },
      release: { version: 'v2.1.0', branch: 'release/v2.1.0' },
    });
  });
});
