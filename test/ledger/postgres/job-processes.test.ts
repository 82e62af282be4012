import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cluster } from '../../../src/sandbox/postgres/cluster.ts';
import { openCluster } from '../../services/postgres/open-database.ts';
import { buildChild } from '../../support/engine/start-child.ts';
import { openJobs } from '../../support/postgres-jobs.ts';

const JOBS = 1000;
const MINUTES = 60_000;
let home: string;
let script: string;
let cluster: Cluster;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'release-agents-'));
  [cluster, script] = await Promise.all([openCluster(), buildChild(home, 'test/support/postgres-agent.ts')]);
});
afterAll(async () => {
  await cluster.stop();
  rmSync(home, { recursive: true, force: true });
});

function startAgent(name: string, skewMs: number): ChildProcess {
  return spawn(process.execPath, [script, name, String(skewMs), String(JOBS)], {
    env: { ...process.env, LEDGER_URL: cluster.url('postgres') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Kills an agent in the middle of its work: after so many jobs that it began. */
function killAfter(agent: ChildProcess, jobs: number): void {
  let begun = 0;
  agent.stdout?.on('data', (data: Buffer) => {
    begun += data.toString().split('\n').length - 1;
    if (begun >= jobs) agent.kill('SIGKILL');
  });
}

describe('agents that share a thousand jobs', () => {
  it('F70, F71: do each of them once, though two are killed and their clocks are ten minutes apart', async () => {
    const { queue, close } = openJobs(cluster.url('postgres'), 'planner');
    await queue.schedule('shop0/production', 'drift');
    await cluster.query(
      'postgres',
      `insert into release_ledger.release_job (scope, kind, due_at)
        select 'shop' || i || '/production', 'drift', clock_timestamp() from generate_series(1, ${JOBS - 1}) i`,
    );
    const skews = [-5 * MINUTES, 5 * MINUTES, 0, 5 * MINUTES];
    const agents = skews.map((skew, i) => startAgent(`agent-${i}`, skew));
    for (const agent of agents.slice(0, 2)) killAfter(agent, 40);
    for (const agent of agents.slice(2)) agent.stdout?.resume();
    const ends = await Promise.all(agents.map((agent) => once(agent, 'exit')));
    expect(ends.map(([code, signal]) => signal ?? code)).toEqual(['SIGKILL', 'SIGKILL', 0, 0]);
    const ticks = await cluster.query(
      'postgres',
      'select count(*)::int as ticks, count(distinct scope)::int as scopes, max(tick)::int as last from release_ledger.release_tick',
    );
    expect(ticks).toEqual([{ ticks: JOBS, scopes: JOBS, last: 0 }]);
    const [byAgent] = await cluster.query(
      'postgres',
      'select count(distinct agent)::int as agents from release_ledger.release_tick',
    );
    expect(byAgent?.agents).toBe(4);
    await close();
  });
});
