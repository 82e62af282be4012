import { type BehindSequence, GAP_SETTINGS, type Gap, type GapOrigin, type GapTable } from './gap.ts';
import { block, comment, literalOf } from './sql-text.ts';
import { writeDecisions } from './write-decisions.ts';
import { writeChanged, writeLost } from './write-rows.ts';

/** Raised only where it stands behind; nobody can write to its table, and so ask it, meanwhile. */
function writeSequence({ quoted, literal, to, goesUp, owner }: BehindSequence): string[] {
  const isBehind = `last_value ${goesUp ? '<' : '>'} ${to} or (last_value = ${to} and not is_called)`;
  return [
    ...(owner === null ? [] : [`lock table ${owner} in share row exclusive mode;`]),
    block([`perform setval(${literal}, ${to}) from ${quoted} where ${isBehind};`]),
  ];
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', comment(title), ...lines];

const head = ({ env, run, keptAs, at }: GapOrigin): string[] => [
  comment(`Rows of ${env} that the restore of run ${run} took: written after ${at}, read from ${keptAs}.`),
  comment('It holds data of your users: keep it as you keep the database, and delete it afterwards.'),
  comment(
    'All or nothing: one transaction, which leaves a mark by which a second run of this file is refused.',
  ),
  comment('What could not be written is counted in what it prints. What is not certain stands below commit.'),
  // For the whole session: the lines below commit need them too, else they would not know their row again.
  comment('A line from below commit needs these settings, wherever it is run.'),
  "set client_encoding to 'UTF8';",
  ...Object.entries(GAP_SETTINGS).map(([name, value]) => `set ${name} to '${value}';`),
  'begin;',
];

const mark = (file: string): string[] => [
  block([
    "if to_regnamespace('release_runbook') is null then create schema release_runbook; end if;",
    "if to_regclass('release_runbook.reconciled') is null then",
    '  create table release_runbook.reconciled (file text primary key, applied_at timestamptz not null default now());',
    'end if;',
    `insert into release_runbook.reconciled (file) values (${literalOf(file)});`,
  ]),
  'create temporary table release_not_written (name text, rows bigint, why text) on commit drop;',
];

const TRIGGERS = 'Decide this first: triggers run for these rows too, unless these two dashes are taken away';

const switchTriggers = (tables: readonly GapTable[], how: 'disable' | 'enable'): string[] =>
  tables
    .filter(({ hasTriggers, lost, changed }) => hasTriggers && lost.length + changed.length > 0)
    .map(({ quoted }) => comment(`alter table ${quoted} ${how} trigger user;`));

/**
 * The SQL that brings a gap back: sequences first, then lost rows (parents first), then, unless the origin holds them,
 * changes of rows that nobody has touched since. All that is not certain stands in it as comments alone. `file` is the
 * name by which a second run is known.
 */
export function writeGapSql(gap: Gap, origin: GapOrigin, file: string): string {
  const { tables, sequences } = gap;
  const isHeld = origin.holdsChanges !== undefined;
  const lines = [
    ...head(origin),
    ...section('A second run stops here', mark(file)),
    ...section('Sequences, before anything takes a number', sequences.flatMap(writeSequence)),
    'set constraints all deferred;',
    ...section(TRIGGERS, switchTriggers(tables, 'disable')),
    ...section('Lost rows', tables.flatMap(writeLost)),
    ...section('Changes that were lost', isHeld ? [] : tables.flatMap(writeChanged)),
    // The checks that were put off: with some of them pending no table could be altered.
    '',
    'set constraints all immediate;',
    ...section('Triggers on again, if they were taken off above', switchTriggers(tables, 'enable')),
    'select * from pg_temp.release_not_written;',
    'commit;',
    ...writeDecisions(gap, origin),
  ];
  return `${lines.join('\n')}\n`;
}
