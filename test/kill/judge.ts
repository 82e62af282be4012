import type { Seen, Service } from './look.ts';
import type { Command } from './read-runs.ts';

/** One thing that is there too often, or not there. */
export interface Fault {
  readonly service: Service;
  readonly kind: 'duplicate' | 'loss';
  readonly what: string;
}

const times = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i + 1);

const migrations = (count: number): readonly string[] => times(count).map((n) => `migration ${n}`);

const heads = (step: string, channels: readonly string[]): readonly string[] =>
  channels.map((channel) => `${step} in #${channel}`);

const ALL = ['incidents', 'engineering', 'releases'];

/** What stands in the sandbox after each command when every effect happened exactly once. */
const WANTED: Readonly<Record<Command, Omit<Seen, 'ledger'>>> = {
  deploy: {
    database: [...migrations(6), 'assessments.due_date'],
    git: ['main has release/v2.1.0', 'refs/tags/v2.1.0'],
    Neon: ['pre-v2.1.0'],
    Stripe: [],
    Slack: [
      ...heads('announce', ['engineering', 'releases']),
      'ask-2 in #releases, a reply',
      'progress in #releases, a reply',
    ],
    'status page': [],
    platform: ['publish live'],
    application: ['200 2.1.0', 'open', 'jobs run'],
  },
  rollback: {
    database: migrations(4),
    git: ['main has v2.0.3'],
    Neon: [],
    Stripe: [],
    Slack: [...heads('announce', ALL), ...heads('complete', ALL), 'progress in #incidents, a reply'],
    'status page': ['identified, monitoring'],
    platform: ['publish live'],
    application: ['200 2.0.3', 'open', 'jobs run'],
  },
};

/** What stands after a command whose plan has these steps. */
export const wantedAfter = (command: Command, steps: readonly string[]): Seen => ({
  ...WANTED[command],
  ledger: [...steps.map((step) => `${step} done`), `${command} completed`],
});

function without(list: readonly string[], taken: readonly string[]): readonly string[] {
  const rest = [...taken];
  return list.filter((one) => {
    const at = rest.indexOf(one);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
}

/** Everything that is there too often or missing, by service. */
export function judge(wanted: Seen, seen: Seen): readonly Fault[] {
  return (Object.keys(wanted) as Service[]).flatMap((service) => [
    ...without(seen[service], wanted[service]).map(
      (what) => ({ service, kind: 'duplicate', what }) satisfies Fault,
    ),
    ...without(wanted[service], seen[service]).map(
      (what) => ({ service, kind: 'loss', what }) satisfies Fault,
    ),
  ]);
}
