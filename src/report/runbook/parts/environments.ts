import type { Environment, Runbook } from '../../../config/schema/index.ts';
import { part, plain, writeTable } from '../write-table.ts';

const yes = (is: boolean): string => (is ? 'yes' : 'no');

const WAYS: Readonly<Record<string, string>> = {
  push: 'the platform publishes what is pushed',
  command: 'a command line publishes',
  'github-workflow': 'a workflow publishes',
  manual: 'a person publishes',
};

/** What an environment has: kinds and addresses, and secrets by their names alone. */
function factsOf({
  url,
  protected: guarded,
  branch,
  host,
  database,
  neon,
  stripe,
  maintenance,
  jobs,
}: Environment): readonly (readonly [string, string])[] {
  const { origin, pathname } = new URL(url);
  return [
    ['Address', plain(`${origin}${pathname === '/' ? '' : pathname}`)],
    ['Name must be typed', yes(guarded)],
    ['Branch', plain(branch ?? 'that of source.main')],
    ['How code gets there', host ? (WAYS[host.strategy] ?? host.strategy) : 'nothing is configured'],
    [
      'Proof that it is live',
      host ? `${host.proof.times} answers in a row with the version of the release` : 'none',
    ],
    ['Database', database ? `${plain(database.url)}${neon ? ', at Neon' : ''}` : 'none'],
    ['Payments', stripe ? `Stripe, ${stripe.mode} mode` : 'none'],
    ['Users can be kept out', maintenance ? passOf(maintenance.bypass?.header) : 'no'],
    ['Jobs can be paused', yes(jobs !== undefined)],
  ];
}

const passOf = (header: string | undefined): string =>
  header === undefined ? 'yes; nothing passes' : `yes; tests pass by the bypass header ${plain(header)}`;

/** Environments side by side. */
export function writeEnvironments({ environments }: Runbook): readonly string[] {
  const names = Object.keys(environments);
  const columns = names.map((name) => factsOf(environments[name] as Environment));
  const rows = (columns[0] ?? []).map(([label], i) => [
    label,
    ...columns.map((facts) => facts[i]?.[1] ?? ''),
  ]);
  return part('## Environments', ...writeTable(['What', ...names.map(plain)], rows));
}

const span = (from: string, to: string): string => `${plain(from)} to ${plain(to)}`;

/** When a release may start, and when nothing goes out. */
export function writeCalendar({ window, calendar, timezone, source }: Runbook): readonly string[] {
  const free = [
    ...calendar.holidays.map(({ date, name, everyYear }) => [
      `${date}${everyYear ? ', every year' : ''}`,
      plain(name),
    ]),
    ...calendar.freezes.map(({ from, to, reason }) => [span(from, to), plain(reason)]),
  ];
  const opened = window
    ? [
        `A deployment may start on ${window.days.join(', ')} from ${window.from} to ${window.to} (${plain(window.zone ?? timezone)}), and not later than ${window.lastStartBefore} minutes before the end.`,
      ]
    : ['A deployment may start at any time: no window is configured.'];
  const frozen =
    source.freeze?.businessDays === undefined
      ? []
      : [`From T-${source.freeze.businessDays} on a new candidate needs somebody who answers for it.`];
  const table = writeTable(['Closed', 'Why'], free);
  return part(
    '## Calendar',
    ...opened,
    `Business days: ${calendar.businessDays.join(', ')}.`,
    ...frozen,
    ...(table.length > 0 ? ['', ...table] : []),
  );
}
