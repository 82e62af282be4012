import { COMMANDS, findCommand } from '../catalogue/index.ts';
import type { CommandSpec, OptionSpec } from '../catalogue/spec.ts';
import { GLOBAL_FLAGS, namesOf, takesValue } from '../global-flags.ts';

/** A word that may stand at a place, and what it means. */
export interface Candidate {
  readonly value: string;
  readonly about: string;
}

/** What the word is that is being typed: one of a few, a live value of some kind, or the name of a file. */
export type Place =
  | { readonly kind: 'words'; readonly words: readonly Candidate[] }
  | { readonly kind: 'live'; readonly of: LiveKind; readonly command: string }
  | { readonly kind: 'files' }
  | { readonly kind: 'none' };

/** Values that only the configuration or the repository knows. */
export type LiveKind = 'environment' | 'version' | 'check' | 'role' | 'person' | 'template';

const NOTHING: Place = { kind: 'none' };

/** By the name that help gives to a value. */
const LIVE: Readonly<Record<string, LiveKind>> = {
  version: 'version',
  check: 'check',
  glob: 'check',
  role: 'role',
  person: 'person',
  template: 'template',
};

const wordsOf = (words: readonly Candidate[]): Place => ({ kind: 'words', words });

const choicesOf = (choices: readonly string[]): Place =>
  wordsOf(choices.map((value) => ({ value, about: '' })));

function placeOfName(name: string, command: string): Place {
  const of = LIVE[name];
  if (of !== undefined) return { kind: 'live', of, command };
  return ['file', 'path', 'glob...'].includes(name) ? { kind: 'files' } : NOTHING;
}

/** The value of a flag. */
function placeOfValue(option: OptionSpec, command: string): Place {
  if (option.choices !== undefined) return choicesOf(option.choices);
  if (option.flags.startsWith('--env ')) return { kind: 'live', of: 'environment', command };
  return placeOfName(/<([^>]+)>/.exec(option.flags)?.[1] ?? '', command);
}

/** The flags that a command takes; a few make no sense on some. */
function flagsOf(spec: CommandSpec | undefined): readonly OptionSpec[] {
  const refused = [
    ...(spec?.takesEnv === false ? ['--env'] : []),
    ...(spec?.takesPlan === false ? ['--plan'] : []),
  ];
  const shared = GLOBAL_FLAGS.filter((option) => !namesOf(option).some((name) => refused.includes(name)));
  return [...(spec?.options ?? []), ...shared];
}

const longest = (option: OptionSpec): string => namesOf(option).at(-1) ?? '';

/** Which argument comes next: words that are neither flags nor values of flags, behind the command. */
function countArguments(words: readonly string[], options: readonly OptionSpec[]): number {
  const valued = new Set(options.filter(takesValue).flatMap(namesOf));
  return words.filter((word, i) => !word.startsWith('-') && !valued.has(words[i - 1] ?? '')).length - 1;
}

/** bash takes `--env=x` apart at the sign; other shells leave it whole. */
function takeApart(words: readonly string[]): string[] {
  return words.flatMap((word, i) => {
    if (word === '=') return i === words.length - 1 ? [''] : [];
    const sign = word.indexOf('=');
    return word.startsWith('--') && sign > 0 ? [word.slice(0, sign), word.slice(sign + 1)] : [word];
  });
}

/**
 * The place of the last of these words, which may be empty: the words of the line behind the program's name. Pure; what
 * stands behind `--` is nobody's to guess.
 */
export function findPlace(typed: readonly string[]): Place {
  const words = takeApart(typed);
  if (words.slice(0, -1).includes('--')) return NOTHING;
  const [current = '', previous = ''] = [words.at(-1), words.at(-2)];
  const before = words.slice(0, -1);
  const name = before.find((word) => findCommand(word) !== undefined);
  const spec = name === undefined ? undefined : findCommand(name);
  const options = flagsOf(spec);
  const opened = options.find((option) => takesValue(option) && namesOf(option).includes(previous));
  if (opened !== undefined) return placeOfValue(opened, spec?.name ?? '');
  if (current.startsWith('-'))
    return wordsOf(options.map((one) => ({ value: longest(one), about: one.about })));
  if (before.includes('help') || spec === undefined) return placeOfCommand(before);
  const argument = spec.args[countArguments(before, options)];
  if (argument === undefined) return NOTHING;
  return argument.choices ? choicesOf(argument.choices) : placeOfName(argument.name, spec.name);
}

function placeOfCommand(before: readonly string[]): Place {
  const commands = COMMANDS.filter((spec) => spec.group !== 'Plumbing' || before.includes('help'));
  const words = commands.map(({ name, summary }) => ({ value: name, about: summary }));
  return wordsOf(
    before.includes('help') ? [...words, { value: 'exit-codes', about: 'what a code means' }] : words,
  );
}
