import { COMMANDS } from './catalogue/index.ts';
import { type CommandSpec, GROUPS, type OptionSpec } from './catalogue/spec.ts';
import { EXIT_MEANINGS } from './exit.ts';
import { GLOBAL_FLAGS } from './global-flags.ts';

const TRY = [
  { command: 'demo', line: 'release demo', says: 'watch a whole release, no accounts needed' },
  { command: 'preflight', line: 'release preflight v2.1.0', says: 'may we deploy? (exit 0 GO, 3 NO-GO)' },
  { command: 'deploy', line: 'release deploy v2.1.0', says: 'deploy to production' },
  { command: 'rollback', line: 'release rollback --to v2.0.3', says: 'go back' },
];

const isListed = (name: string): boolean => COMMANDS.some((command) => command.name === name);

/** Groups that have a command; an empty heading would promise something. */
const groups = (): readonly string[] => GROUPS.filter((group) => COMMANDS.some((c) => c.group === group));

const NAMES_IN_ROW = 5;

/** The names of a group, five in a row of 80 columns. */
function groupRows(group: string): readonly string[] {
  const names = COMMANDS.filter((command) => command.group === group).map((command) => command.name);
  const rows = Array.from({ length: Math.ceil(names.length / NAMES_IN_ROW) }, (_, row) =>
    names.slice(row * NAMES_IN_ROW, (row + 1) * NAMES_IN_ROW),
  );
  return rows.map((row, i) =>
    `${(i === 0 ? group : '').padEnd(17)}${row.map((name) => name.padEnd(12)).join('')}`.trimEnd(),
  );
}

/** What the program says when called alone: at most 20 lines of 80 columns. */
export const renderOverview = (): string =>
  [
    'release — run a written release runbook, from the first check to the way back',
    '',
    ...TRY.filter((t) => isListed(t.command)).map((t) => `  ${t.line.padEnd(33)}${t.says}`),
    '',
    ...groups().flatMap(groupRows),
    '',
    'Every command takes  --env  --json  --help   (release <command> --help)',
    'Docs: docs/README.md   Exit codes: release help exit-codes',
  ].join('\n');

const row = (left: string, right: string): string => `  ${left.padEnd(24)} ${right}`;

const optionRow = (option: OptionSpec): string =>
  row(option.flags.startsWith('--') ? `    ${option.flags}` : option.flags, option.about);

/** `release preflight [version] [flags]`. */
const usageLine = (spec: CommandSpec): string => {
  const args = spec.args.map((arg) => (arg.required ? `<${arg.name}>` : `[${arg.name}]`));
  return ['release', spec.name, ...args, '[flags]'].join(' ');
};

const fits = (spec: CommandSpec) => (option: OptionSpec) =>
  (spec.takesEnv || !option.flags.startsWith('--env')) &&
  (spec.takesPlan || !option.flags.includes('--plan'));

/** Help of one command: examples first, because they are what people copy. */
export const renderHelp = (spec: CommandSpec): string =>
  [
    `release ${spec.name} — ${spec.summary}`,
    '',
    `Usage: ${usageLine(spec)}`,
    '',
    'Example:',
    ...spec.examples.map((example) => `  ${example.line.padEnd(52)} ${example.says}`),
    ...(spec.args.length === 0 ? [] : ['', 'Arguments:', ...spec.args.map((a) => row(a.name, a.about))]),
    ...(spec.options.length === 0 ? [] : ['', 'Flags:', ...spec.options.map(optionRow)]),
    '',
    'Flags of every command:',
    ...GLOBAL_FLAGS.filter(fits(spec)).map(optionRow),
    '',
    `Exit: ${spec.exits}`,
  ].join('\n');

/** Help of the whole program: every command with its promise. */
export const renderFullHelp = (): string =>
  [
    'Usage: release <command> [flags]',
    ...groups().flatMap((group) => [
      '',
      `${group}:`,
      ...COMMANDS.filter((c) => c.group === group).map((c) => `  ${c.name.padEnd(11)} ${c.summary}`),
    ]),
    '',
    'Flags of every command:',
    ...GLOBAL_FLAGS.map(optionRow),
    '',
    'Example:',
    ...TRY.filter((t) => isListed(t.command)).map((t) => `  ${t.line.padEnd(33)}${t.says}`),
    '',
    'More: release <command> --help · release help exit-codes',
  ].join('\n');

/** `release help exit-codes`. */
export const renderExitCodes = (): string =>
  [
    'Exit codes, the same for every command. No other code than 0 ever means success.',
    '',
    ...EXIT_MEANINGS.map(
      ({ code, word, means }) => `  ${String(code).padStart(3)}  ${word.padEnd(12)} ${means}`,
    ),
  ].join('\n');
