import { describe, expect, it } from 'vitest';
import { runTick } from '../../src/cli/jobs/run-tick.ts';
import { runStatus } from '../../src/cli/look-back/run-status.ts';
import { openTasks } from '../../src/cli/tasks/open-tasks.ts';
import { refuseUnused } from '../../src/cli/watch/refuse-unused.ts';
import type { EventData, EventType, LedgerEvent } from '../../src/ledger/event.ts';
import { failureOf } from '../support/failure-of.ts';
import { planOf } from '../support/run-events.ts';
import { makeTestContext } from '../support/test-context.ts';
import { makeTestWired } from '../support/test-wired.ts';

const COMMIT = 'c'.repeat(40);

function event<T extends EventType>(type: T, minute: number, data: EventData[T]): LedgerEvent {
  const at = `2025-10-01T10:${String(minute).padStart(2, '0')}:00.000Z`;
  const head = { v: 1, id: `${type}-${minute}`, scope: 'shop/staging', run: 'r-1', seq: minute, epoch: 1 };
  return {
    ...head,
    ...{ at, host: 'h', actor: 'Dana Ito', tool: '1', p: '', h: '' },
    type,
    data,
  } as LedgerEvent;
}

/** A run of staging that came to its good end hours ago. */
const ran = (command: 'deploy' | 'rollback', version: string, from: string): readonly LedgerEvent[] => {
  const plan = { ...planOf(1), command, env: 'staging', version, from, basis: { commit: COMMIT } };
  return [
    event('run.planned', 0, { plan, request: { severity: 'P1' }, configDigest: 'd' }),
    event('run.finished', 9, { verdict: 'completed', said: '' }),
  ];
};

const staging = (events: readonly LedgerEvent[], live = { version: '2.1.0', commit: COMMIT }) =>
  makeTestWired({ env: 'staging', events, live: async () => ({ ...live, latencyMs: 1 }) });
const { context } = makeTestContext({ command: 'status', flags: { env: 'staging' } });
const status = async (...asked: Parameters<typeof staging>) =>
  runStatus(context, async () => staging(...asked).wired);

describe('status, where candidates are tried', () => {
  it('PRE-15: calls the candidate by its name that the ledger brought, when its commit answers', async () => {
    const { text, next } = await status(ran('deploy', 'v2.1.0-rc.1', 'v2.0.3'));
    expect(text).toContain('staging      v2.1.0-rc.1   live');
    expect(text).not.toContain('the ledger says');
    expect(next).toEqual([]);
  });

  it('PRE-15: says that application and ledger disagree when another commit answers', async () => {
    const other = { version: '2.1.0', commit: 'd'.repeat(40) };
    expect((await status(ran('deploy', 'v2.1.0-rc.1', 'v2.0.3'), other)).text).toContain('the ledger says');
  });

  it('E-22: waits for no word of traffic after a rollback, and calls it no incident', async () => {
    const live = { version: '2.0.3', commit: COMMIT };
    const { text, result } = await status(ran('rollback', 'v2.0.3', 'v2.1.0-rc.1'), live);
    expect(text).toContain('v2.1.0-rc.1 was taken back; it had no users');
    expect(text).not.toMatch(/CONFIRMED|INCIDENT/);
    expect(result).toMatchObject({
      environments: [{ tookBack: 'v2.1.0-rc.1', confirmation: null, incident: null, week: null }],
    });
  });

  it('offers no way back from a candidate to itself', async () => {
    const [planned] = ran('deploy', 'v2.1.0-rc.1', 'v2.1.0-rc.1');
    const { next } = await status(planned === undefined ? [] : [planned]);
    expect(next).toEqual([
      'release deploy --resume --env staging',
      'release deploy --abandon --env staging --reason "…"',
    ]);
  });
});

describe('what follows a release', () => {
  it('is not done where candidates are tried: no look, no reminder of a watch, no task', async () => {
    const { wired, noted } = staging(ran('rollback', 'v2.0.3', 'v2.1.0-rc.1'));
    expect(await openTasks(wired)).toEqual([]);
    expect(await runTick({}, context, wired)).toMatchObject({ exitCode: 0, result: { jobs: [] } });
    expect(noted).toEqual([]);
  });

  it('E_NO_USERS: nobody watches staging, and it is said what to do instead', async () => {
    const { wired } = staging([]);
    const failed = await failureOf((async () => refuseUnused(wired))());
    expect(failed).toMatchObject({ code: 'E_NO_USERS', text: { state: 'untouched' } });
    expect(failed.text.next).toContain('release smoke --env staging');
    expect(failed.text.next).toContain('release watch --env production');
    expect(() => refuseUnused(makeTestWired({}).wired)).not.toThrow();
  });
});
