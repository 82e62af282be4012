import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { World } from '../../src/sandbox/world/start-world.ts';
import { listSteps } from '../support/scenarios/list-steps.ts';
import { askOrigin, findMoved, readRefs } from '../support/scenarios/read-origin.ts';
import { askDatabase, readHealth, readMigrations } from '../support/scenarios/read-world.ts';
import { type Command, readRuns } from './read-runs.ts';

/** Service → what stands in it since a moment, one word for each thing, in no order. */
export type Seen = Readonly<Record<Service, readonly string[]>>;
export type Service =
  | 'database'
  | 'git'
  | 'Neon'
  | 'Stripe'
  | 'Slack'
  | 'status page'
  | 'platform'
  | 'application'
  | 'ledger';

/** What stood in the world before a command, to count from. */
export interface Before {
  readonly refs: Readonly<Record<string, string>>;
  readonly branches: readonly string[];
  readonly messages: number;
  readonly publishes: number;
  readonly sessions: number;
  readonly incidents: number;
}

const branchNames = ({ neon }: World): readonly string[] => neon.branches().map(({ name }) => name);

export const noteBefore = (world: World): Before => ({
  refs: readRefs(world),
  branches: branchNames(world),
  messages: world.slack.messages().length,
  publishes: world.platform.publishes().length,
  sessions: world.stripe.sessions().length,
  incidents: world.statuspage.incidents().length,
});

async function lookAtDatabase(world: World): Promise<readonly string[]> {
  const columns = `select table_name || '.' || column_name as name from information_schema.columns
    where (table_name, column_name) in (('assessments', 'due_date'))`;
  const rows = await askDatabase(world, columns);
  const left = await askDatabase(world, `select name from assessments where name like 'smoke:%'`);
  return [
    ...(await readMigrations(world)).map((_, i) => `migration ${i + 1}`),
    ...rows.map(({ name }) => String(name)),
    ...left.map(({ name }) => `left over ${name}`),
  ];
}

/** Commits on main that main did not have, by the first parent, and every other ref that moved. */
function lookAtGit(world: World, { refs }: Before): readonly string[] {
  const after = readRefs(world);
  const [from = '', to = ''] = [refs['refs/heads/main'], after['refs/heads/main']];
  const commits = askOrigin(world, 'log', '--first-parent', '--format=%T', `${from}..${to}`).split('\n');
  const trees = new Map(
    ['release/v2.1.0', 'v2.0.3'].map((name) => [askOrigin(world, 'rev-parse', `${name}^{tree}`), name]),
  );
  return [
    ...commits.filter((tree) => tree !== '').map((tree) => `main has ${trees.get(tree) ?? tree}`),
    ...findMoved(refs, after).filter((ref) => ref !== 'refs/heads/main'),
  ];
}

function lookAtNeon(world: World, { branches }: Before): readonly string[] {
  // A rehearsal comes before the run, and its branch carries its own end.
  const fresh = world.neon
    .branches()
    .filter(({ name }) => !branches.includes(name) && !name.startsWith('rehearsal/'));
  return [
    ...fresh.map(({ name }) => name.replace(/-\w+$/, '')),
    ...fresh.filter(({ hasCompute }) => hasCompute).map(({ name }) => `compute at ${name}`),
  ];
}

/** What smoke tests open is theirs to close: an open session could still be paid. */
const lookAtStripe = (world: World, { sessions }: Before): readonly string[] =>
  world.stripe
    .sessions()
    .slice(sessions)
    .filter(({ status }) => status !== 'expired')
    .map(({ status }) => `session ${status}`);

/** Messages of the steps of a run. A takeover is told as often as there was one, and is no step. */
const lookAtSlack = (world: World, { messages }: Before): readonly string[] =>
  world.slack
    .messages()
    .slice(messages)
    .map(({ channel, thread, metadata }) => {
      const { step } = (metadata?.event_payload ?? {}) as { step?: string };
      return `${step} in #${channel}${thread === undefined ? '' : ', a reply'}`;
    })
    .filter((told) => !told.startsWith('takeover in '));

/** Words of each incident that is new, oldest first. */
const lookAtStatusPage = (world: World, { incidents }: Before): readonly string[] => {
  const all = world.statuspage.incidents();
  return all.slice(0, all.length - incidents).map(({ incident_updates: updates }) =>
    updates
      .map(({ status }) => status)
      .reverse()
      .join(', '),
  );
};

const lookAtPlatform = (world: World, { publishes }: Before): readonly string[] =>
  world.platform
    .publishes()
    .slice(publishes)
    .map(({ state }) => `publish ${state}`);

/** Flags of the application, as its own file has them. */
function readFlags(folder: string): { jobsPaused?: boolean } {
  try {
    return JSON.parse(readFileSync(join(folder, '..', 'platform', 'flags.json'), 'utf8'));
  } catch {
    return {};
  }
}

async function lookAtApplication(world: World): Promise<readonly string[]> {
  const { httpStatus, version, maintenance } = await readHealth(world);
  const { jobsPaused = false } = readFlags(world.origin.folder);
  return [
    `${httpStatus} ${version}`,
    maintenance === false ? 'open' : 'in maintenance',
    jobsPaused ? 'jobs paused' : 'jobs run',
  ];
}

function lookAtLedger(world: World, command: Command): readonly string[] {
  const { events, run } = readRuns(world, command);
  const own = events.filter((event) => event.run === run?.run);
  const done = own.flatMap(({ type, step }) => (type === 'step.done' && step !== undefined ? [step] : []));
  const { once } = listSteps(run);
  const counted = [
    ...done.filter((step) => once.includes(step)),
    ...new Set(done.filter((step) => !once.includes(step))),
  ];
  const ended = own.flatMap((event) =>
    event.type === 'run.finished' ? [`${command} ${event.data.verdict}`] : [],
  );
  return [...counted.map((step) => `${step} done`), ...ended];
}

/** Everything that a command may have left in the world. */
export async function look(world: World, before: Before, command: Command): Promise<Seen> {
  return {
    database: await lookAtDatabase(world),
    git: lookAtGit(world, before),
    Neon: lookAtNeon(world, before),
    Stripe: lookAtStripe(world, before),
    Slack: lookAtSlack(world, before),
    'status page': lookAtStatusPage(world, before),
    platform: lookAtPlatform(world, before),
    application: await lookAtApplication(world),
    ledger: lookAtLedger(world, command),
  };
}
