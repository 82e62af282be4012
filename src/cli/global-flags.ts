import type { OptionSpec } from './catalogue/spec.ts';

/** The flags of every command (ux 2.2). */
export const GLOBAL_FLAGS: readonly OptionSpec[] = [
  { flags: '--env <name>', about: 'environment; reading commands default to defaultEnv' },
  { flags: '--config <file>', about: 'default: nearest runbook.config.yaml upwards' },
  { flags: '--json', about: 'the result as one JSON document on stdout' },
  { flags: '--events <file>', about: 'progress as one JSON object per line; - is stdout' },
  {
    flags: '--out <file>',
    about: 'also write the result: .json .md .xml .sarif .tap',
    repeat: true,
  },
  { flags: '-n, --plan', about: 'read everything, change nothing, print what would happen' },
  { flags: '-y, --yes', about: 'answer the confirmation; never skips a gate' },
  { flags: '--no-input', about: 'never ask; implied without a terminal and in CI' },
  { flags: '-q, --quiet', about: 'only the result and errors' },
  { flags: '-v, --verbose', about: 'more; twice for requests', repeat: true },
  { flags: '--no-color', about: 'no colour (also NO_COLOR)' },
  { flags: '--ascii', about: 'plain characters only' },
  { flags: '-h, --help', about: 'help, whatever else is wrong' },
  { flags: '-V, --version', about: 'version of this program' },
];

/** Other spellings that work and are not advertised. */
export const HIDDEN_FLAGS: readonly OptionSpec[] = [{ flags: '--dry-run', about: 'the same as --plan' }];

/** Long and short names in `--plan` form. */
export const namesOf = (option: OptionSpec): string[] =>
  option.flags.split(/,\s*/).map((part) => part.split(' ')[0] ?? part);

/** True when the next word is the flag's value. */
export const takesValue = (option: OptionSpec): boolean => option.flags.includes('<');

const VALUE_FLAGS = new Set(GLOBAL_FLAGS.filter(takesValue).flatMap(namesOf));

/** The words before `--` that are neither flags nor the values of global flags. */
export function plainWords(words: readonly string[]): string[] {
  const end = words.indexOf('--');
  const before = end < 0 ? words : words.slice(0, end);
  return before.filter((word, i) => !word.startsWith('-') && !VALUE_FLAGS.has(before[i - 1] ?? ''));
}
