import { expect, it } from 'vitest';
import { runStatus } from '../../../src/cli/look-back/run-status.ts';
import type { EventData, EventType, LedgerEvent } from '../../../src/ledger/event.ts';
import { planOf } from '../../support/run-events.ts';
import { makeTestContext } from '../../support/test-context.ts';
import { makeTestWired } from '../../support/test-wired.ts';

// The clock of the tests stands at 2025-10-01T14:00:00Z, 10:00 in New York.
function event<T extends EventType>(type: T, seq: number, data: EventData[T], step?: string): LedgerEvent {
  const head = { v: 1, id: `${type}-${seq}`, scope: 'shop/x-prepare', run: 'r-1', seq, epoch: 1 };
  const at = `2025-09-30T13:0${seq}:00.000Z`;
  const origin = { at, host: 'dana-mbp', actor: 'Dana Ito', tool: '0.1.0', p: '', h: '' };
  return { ...head, ...origin, type, data, ...(step === undefined ? {} : { step }) } as LedgerEvent;
}

const row = (label: string, from: string, to = from) => ({ label, from, to, work: `work of ${label}` });
const request = {
  candidate: 'v2.1.0-rc.1',
  day: '2025-10-02',
  days: [row('T-1', '2025-10-01'), row('T-0', '2025-10-02')],
};
const plan = { ...planOf(8), command: 'prepare' } as const;
const planned = event('run.planned', 1, { plan, request, configDigest: 'd1' });
const pushed = event('step.done', 2, { how: 'effect', done: { tag: 't' }, tookMs: 1 }, 'candidate');
const ended = event('run.finished', 3, { verdict: 'completed', said: '' });

async function look(events: readonly LedgerEvent[], version: string) {
  const { context } = makeTestContext({ command: 'status', flags: { env: 'production' } });
  const live = async () => ({ version, latencyMs: 1 });
  return runStatus(context, async () => makeTestWired({ events, live }).wired);
}

it('PRE-33: says what the plan of a version asks for today, until it is live', async () => {
  const { text, result } = await look([planned, pushed, ended], '2.0.3');
  expect(text).toContain('prepared     v2.1.0-rc.1, planned for Thu 2 Oct');
  expect(text).toContain('today is T-1: work of T-1');
  expect(result.prepared).toMatchObject([{ day: '2025-10-02', due: [{ label: 'T-1', isNow: true }] }]);
  expect((await look([planned, pushed, ended], '2.1.0')).text).not.toContain('prepared');
});

it('PRE-33: says nothing of a preparation whose candidate was never pushed', async () => {
  expect((await look([planned], '2.0.3')).result.prepared).toEqual([]);
});

it('PRE-33: never asks for the candidate that is there, however far the day was moved', async () => {
  const days = [row('T-7', '2025-10-03'), row('T-4', '2025-10-08'), row('T-0', '2025-10-14')];
  const moved = event('day.planned', 3, { version: 'v2.1.0', day: '2025-10-14', days, by: 'Dana Ito' });
  const { text } = await look([planned, pushed, moved], '2.0.3');
  expect(text).toContain('planned for Tue 14 Oct');
  expect(text).toContain('next T-4 on Wed 8 Oct: work of T-4');
});
