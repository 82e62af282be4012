import { Command, type CommanderError, Option } from 'commander';
import { COMMANDS } from './catalogue/index.ts';
import type { CommandSpec, OptionSpec } from './catalogue/spec.ts';
import type { CommandOptions } from './command.ts';
import type { GlobalFlags } from './context.ts';
import { GLOBAL_FLAGS, HIDDEN_FLAGS, namesOf, plainWords, takesValue } from './global-flags.ts';
import {
  badFlagValue,
  missingCommand,
  refusedFlag,
  tooManyArguments,
  unknownCommand,
  unknownFlag,
} from './usage.ts';

/** What was typed, understood. */
export interface Parsed {
  readonly spec: CommandSpec;
  readonly args: readonly string[];
  readonly options: CommandOptions;
  readonly flags: GlobalFlags;
}

const IN_ENTRY = ['--help', '--version'];

/**
 * The value of a flag as it is said: once, and not empty. The last of two would win in silence, and an empty one would
 * count as not said: a variable that is not set must not choose the default environment.
 */
function readSaid(flag: string, value: string, before: unknown): string {
  if (value === '') throw badFlagValue(`${flag} is empty. Is a variable not set?`);
  if (typeof before === 'string' && before !== value)
    throw badFlagValue(`${flag} is said twice: "${before}" and "${value}".`);
  return value;
}

/** Hands a value on to what reads it, once it is said as it can be meant. */
function readOnce(option: Option, flag: string): void {
  const read = option.parseArg ?? ((value: string): string => value);
  option.argParser((value: string, before: unknown) => read(readSaid(flag, value, before), before));
}

function makeOption(spec: OptionSpec): Option {
  const option = new Option(spec.flags, spec.about);
  const flag = namesOf(spec).at(-1) ?? '';
  if (spec.choices) option.choices([...spec.choices]);
  if (takesValue(spec) && !spec.repeat && !option.variadic) readOnce(option, flag);
  if (spec.repeat && takesValue(spec))
    option
      .default([])
      .argParser((value: string, before: string[]) => [...before, readSaid(flag, value, undefined)]);
  if (spec.repeat && !takesValue(spec))
    option.default(0).argParser((_: string, before: number) => before + 1);
  return option;
}

/** commander's complaint in the words of ux 2.2. */
function translate(error: CommanderError, typed: string, spec?: CommandSpec): Error {
  const quoted = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  if (error.code === 'commander.unknownOption') return unknownFlag(quoted, spec);
  if (error.code === 'commander.unknownCommand') return unknownCommand(quoted);
  if (error.code === 'commander.help') return missingCommand();
  const said = error.message.replace(/^error: /, '');
  return badFlagValue(`${spec?.name ?? typed}: ${said}`, spec);
}

function quiet(command: Command, spec?: CommandSpec): Command {
  return command
    .helpOption(false)
    .helpCommand(false)
    .showSuggestionAfterError(false)
    .configureOutput({ writeErr: () => undefined, outputError: () => undefined })
    .exitOverride((error) => {
      throw translate(error, 'release', spec);
    });
}

function addCommand(
  program: Command,
  spec: CommandSpec,
  seen: (parsed: Omit<Parsed, 'flags'>) => void,
): void {
  const command = quiet(program.command(spec.name), spec).allowExcessArguments();
  for (const arg of spec.args) command.argument(`[${arg.name}]`);
  for (const option of spec.options) command.addOption(makeOption(option));
  command.action(() => seen({ spec, args: command.args, options: command.opts<CommandOptions>() }));
}

const isOn = (value: string | undefined): boolean => value !== undefined && value !== '' && value !== '0';

/** Flags over environment variables (ux 2.2, precedence). */
function readFlags(
  opts: Record<string, unknown>,
  env: Readonly<Record<string, string | undefined>>,
): GlobalFlags {
  const named = (value: unknown, name: 'env' | 'config' | 'events') =>
    typeof value === 'string' && value !== '' ? { [name]: value } : {};
  return {
    ...named(opts.env ?? env.RELEASE_ENV, 'env'),
    ...named(opts.config ?? env.RELEASE_CONFIG, 'config'),
    ...named(opts.events, 'events'),
    envIsTyped: opts.env !== undefined,
    json: opts.json === true,
    out: opts.out as readonly string[],
    plan: opts.plan === true || opts.dryRun === true,
    yes: opts.yes === true,
    input: opts.input !== false && !isOn(env.RELEASE_NO_INPUT),
    quiet: opts.quiet === true,
    verbose: opts.verbose as number,
    color: opts.color !== false,
    ascii: opts.ascii === true,
  };
}

function refuseWhatMakesNoSense(parsed: Parsed, opts: Record<string, unknown>): void {
  const { spec, args, flags } = parsed;
  if (args.length > spec.args.length) throw tooManyArguments(spec, args);
  if (!spec.takesEnv && opts.env !== undefined)
    throw refusedFlag(`${spec.name} works on its own, not on an environment.`, spec);
  if (!spec.takesPlan && flags.plan)
    throw refusedFlag(`${spec.name} changes nothing, so it has no --plan.`, spec);
  if (flags.json && flags.events === '-')
    throw refusedFlag('--json and --events - both want stdout. Write the events to a file.', spec);
}

/** What the words ask for. Throws a ReleaseError with exit 2 for everything that cannot be meant. */
export function parseWords(
  words: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  commands: readonly CommandSpec[] = COMMANDS,
): Parsed {
  const [first] = plainWords(words);
  if (first === undefined) throw missingCommand();
  if (first === 'help') throw unknownCommand(plainWords(words)[1] ?? '');
  if (words[0] === first && !commands.some((c) => c.name === first)) throw unknownCommand(first);
  const program = quiet(new Command('release'));
  const shared = [...GLOBAL_FLAGS, ...HIDDEN_FLAGS].filter(
    (f) => !namesOf(f).some((n) => IN_ENTRY.includes(n)),
  );
  for (const option of shared) program.addOption(makeOption(option));
  let seen: Omit<Parsed, 'flags'> | undefined;
  // A line that begins with its command needs no other.
  for (const spec of words[0] === first ? commands.filter(({ name }) => name === first) : commands)
    addCommand(program, spec, (found) => {
      seen = found;
    });
  program.parse([...words], { from: 'user' });
  if (seen === undefined) throw missingCommand();
  const parsed: Parsed = { ...seen, flags: readFlags(program.opts(), env) };
  refuseWhatMakesNoSense(parsed, program.opts());
  return parsed;
}
