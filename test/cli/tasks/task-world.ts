import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { remindTasks } from '../../../src/cli/tasks/remind.ts';
import { runTask } from '../../../src/cli/tasks/run-task.ts';
import type { Wired } from '../../../src/cli/wired.ts';
import type { Plan } from '../../../src/domain/plan.ts';
import type { EventData, EventType } from '../../../src/ledger/event.ts';
import { foldTasks } from '../../../src/ledger/fold-tasks.ts';
import { MemoryLedger, MemoryStore } from '../../support/memory/ledger.ts';
import { MemorySlack } from '../../support/memory/slack.ts';
import { makeRunbook } from '../../support/policy.ts';
import { planOf } from '../../support/run-events.ts';
import { makeTestContext } from '../../support/test-context.ts';
import { makeTestWired } from '../../support/test-wired.ts';

const SCOPE = 'shop/production';
/** When the rollback ended: 10:35 in New York, on a Wednesday. */
const END = Date.UTC(2025, 9, 1, 14, 35);
const HOUR = 3_600_000;

const runbook = makeRunbook({
  service: 'shop',
  timezone: 'America/New_York',
  environments: {
    production: { url: 'https://shop.example.com', protected: true },
    staging: { url: 'https://staging.example.com' },
  },
  roles: { 'incident-commander': { title: 'Incident Commander' } },
  people: {
    ana: { name: 'Ana Diaz', slack: 'U0ANA', roles: ['incident-commander'] },
    jo: { name: 'Jo Ito', roles: ['engineering-lead'] },
  },
  reviews: { acceptance: { roles: ['engineering-lead'] } },
  services: {
    slack: {
      botToken: '$SLACK',
      channels: { releases: { id: 'C0RELEASES' } },
      routes: { 'decision-needed': ['releases'] },
    },
  },
});

/** A ledger in which v2.1.0 was rolled back, and whoever comes at whatever hour after that. */
export async function openTaskWorld() {
  let now = END;
  const root = mkdtempSync(join(tmpdir(), 'release-tasks-'));
  const clock = { now: () => new Date(now), monotonic: () => now, sleep: async () => undefined };
  const ledger = new MemoryLedger(new MemoryStore(), { actor: 'Dana Ito', host: 'mbp', clock });
  const slack = new MemorySlack({ releases: 'bot' }, () => clock.now());
  let calls = 0;
  const tellOf = async (template: string, view: unknown) => ({
    text: JSON.stringify({ template, view }),
    blocks: [],
  });
  const base = makeTestWired({}).wired;
  const wired = {
    ...{ ...base, root, runbook, environment: runbook.environments.production, ledger, clock, scope: SCOPE },
    ...{ services: { slack }, configured: new Set(['slack']), render: tellOf },
  } as unknown as Wired;
  const agent = () => {
    calls += 1;
    const { context } = makeTestContext({ command: 'task' });
    return { ...context, random: () => calls / 1000 };
  };
  const note = <T extends EventType>(id: string, run: string, type: T, data: EventData[T], scope = SCOPE) =>
    ledger.note(scope, { id, run, type, data } as never);
  const addRun = async (
    run: string,
    plan: Partial<Plan>,
    scope = SCOPE,
    facts: Record<string, string> = {},
  ) => {
    await note(
      `${run}:p`,
      run,
      'run.planned',
      { plan: { ...planOf(1), ...plan }, request: {}, configDigest: 'd' },
      scope,
    );
    if (facts.name !== undefined)
      await note(`${run}:f`, run, 'fact', { name: 'backup', value: facts }, scope);
    await note(`${run}:e`, run, 'run.finished', { verdict: 'completed', said: '' }, scope);
  };
  await addRun('d', { command: 'deploy', version: 'v2.1.0', from: 'v2.0.3' }, SCOPE, { name: 'pre-v2.1.0' });
  await addRun('r', { command: 'rollback', version: 'v2.0.3', from: 'v2.1.0' });
  return {
    wired,
    slack,
    note,
    addRun,
    at: (hour: number) => {
      now = END + hour * HOUR;
    },
    task: (args: readonly string[] = [], options = {}) => runTask(args, options, agent(), wired),
    remind: () => remindTasks(agent(), wired, now),
    lists: async () => foldTasks(await ledger.read(SCOPE)),
    write: (path: string, text: string) => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    },
    close: () => rmSync(root, { recursive: true, force: true }),
  };
}
