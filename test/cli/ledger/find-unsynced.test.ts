import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runDeploy } from '../../../src/cli/deploy/run-deploy.ts';
import { findUnsynced } from '../../../src/cli/ledger/find-unsynced.ts';
import { syncLedger } from '../../../src/cli/ledger/sync-ledger.ts';
import { runHistory } from '../../../src/cli/look-back/run-history.ts';
import { runStatus } from '../../../src/cli/look-back/run-status.ts';
import { openSpool } from '../../../src/cli/wiring/open-spool.ts';
import { planOf } from '../../support/run-events.ts';
import { asViewed } from '../../support/test-wired.ts';
import { makeCliWorld } from '../cli-world.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'release-unsynced-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const WAY = 'release ledger sync --env production';

/** A machine on which somebody went past the ledger, and did not bring it in yet. */
async function openMachine(flags: object = {}) {
  const world = makeCliWorld({ flags: { yes: true, env: 'production', envIsTyped: true, ...flags } });
  const wired = { ...world.wired, root };
  const { spool, folder } = await openSpool(world.context, wired);
  const breakGlass = async () => {
    const run = 'r-glass';
    const data = { name: 'break-glass', value: { reason: 'the ledger is away' } };
    await spool.note(wired.scope, { id: `${run}:break-glass`, run, type: 'fact', data });
    const held = await spool.acquire(wired.scope, { run, actor: 'Dana Ito', reason: 'rolls back' });
    const plan = { ...planOf(1), command: 'rollback' as const, version: 'v2.0.3', from: 'v2.1.0' };
    await spool.append(held, {
      ...{ id: `${run}:planned`, run, type: 'run.planned' },
      data: { plan, request: {}, configDigest: 'd1' },
    });
    await spool.append(held, {
      ...{ id: `${run}:end`, run, type: 'run.finished' },
      data: { verdict: 'completed', said: 'back' },
    });
    await spool.release(held, 'completed');
  };
  const wire = async () => wired;
  return { ...world, wired, wire, folder, breakGlass };
}

describe('what was done without the ledger', () => {
  it('F76: is counted and named, with the line that brings it in, until it was brought', async () => {
    const { context, wired, breakGlass } = await openMachine();
    expect(await findUnsynced(context, wired)).toBeUndefined();
    await breakGlass();
    const found = await findUnsynced(context, wired);
    expect(found).toMatchObject({ entries: 3, folder: join(root, '.release/state/break-glass') });
    expect(found?.said).toBe(
      `3 entries of what was done without the ledger (rollback v2.0.3, r-glass, completed) stand on this machine alone, since 1 Oct 10:00 EDT. Bring them in: ${WAY}`,
    );
    await syncLedger(context, wired);
    expect(await findUnsynced(context, wired)).toBeUndefined();
  });

  it('reads well when it is one entry', async () => {
    const { context, wired } = await openMachine();
    const { spool } = await openSpool(context, wired);
    const data = { name: 'break-glass', value: { reason: 'stopped at once' } };
    await spool.note(wired.scope, { id: 'r-1:break-glass', run: 'r-1', type: 'fact', data });
    const found = await findUnsynced(context, wired);
    expect(found?.said).toMatch(/^1 entry of what was done without the ledger stands on this machine alone/);
  });

  it('is told by status, in its own line, in JSON and as what is to be done first', async () => {
    const { context, wire, breakGlass } = await openMachine();
    expect((await runStatus(context, wire)).next).toEqual([]);
    await breakGlass();
    const { text, next, result } = await runStatus(context, wire);
    expect(text).toMatch(/▲ 3 entries of what was done without the ledger/);
    expect(next).toEqual([WAY]);
    expect(result).toMatchObject({ environments: [{ unsynced: { entries: 3 } }] });
  });

  it('is told by history, which does not show it', async () => {
    const { context, wire, breakGlass } = await openMachine();
    await breakGlass();
    const { warnings, result } = await runHistory([], {}, context, async () => asViewed(await wire()));
    expect([warnings, result]).toEqual([[expect.stringContaining(WAY)], { runs: [], total: 0 }]);
  });

  it('is told by deploy before it asks, and at its end', async () => {
    const { context, wired, breakGlass, past, stderr } = await openMachine();
    await past('deploy', ['v2.0.3', 'v2.1.0'], 'open');
    await breakGlass();
    const { warnings } = await runDeploy([], { resume: true }, context, wired);
    expect(warnings).toEqual([expect.stringContaining(WAY)]);
    expect(stderr().match(/▲ 3 entries/g)).toHaveLength(1);
  });

  it('keeps nobody from looking when it cannot be read, and says so', async () => {
    const { context, wire, wired, breakGlass, folder } = await openMachine();
    await breakGlass();
    appendFileSync(join(folder, wired.scope, 'journal.jsonl'), '{"no":"entry"}\n');
    const { text, exitCode, result } = await runStatus(context, wire);
    expect(text.replace(/\s+/g, ' ')).toContain('and cannot be read: ');
    expect(exitCode).toBe(0);
    expect(result).toMatchObject({ environments: [{ unsynced: { entries: null } }] });
  });
});
