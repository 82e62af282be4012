import { ReleaseError } from '../domain/failure.ts';
import { oneLine } from '../domain/screen-text.ts';
import { answeredNo } from './ask.ts';
import type { CliContext } from './context.ts';

/** Notes who agreed. `flag` is what was really given: a log must not tell of a --yes that nobody said. */
export const sayWhoAgreed = async (context: CliContext, flag = '--yes'): Promise<void> => {
  const job = context.env.GITHUB_RUN_ID ? `, run ${context.env.GITHUB_RUN_ID}` : '';
  context.out.note(`confirmed by ${flag} (${await context.readActor()}${job})`);
};

/** y/N, no by default; a script says --yes. Throws E_ANSWERED_NO (130) or E_INPUT_OFF (2). */
export async function confirmLight(context: CliContext, question: string): Promise<void> {
  if (context.flags.yes) return sayWhoAgreed(context);
  if (!(await context.ask.confirm({ question, flag: '--yes' }))) throw answeredNo();
}

/** What a heavy question is about; `inFull` is the command line that needs no question. */
export interface HeavyChange {
  /** The environment that changes. */
  readonly env: string;
  readonly inFull: string;
}

/**
 * Refuses a heavy change that a script did not name in full, before anything is asked of the world: a missing
 * terminal never counts as yes (pulumi#3435), and neither does an environment that nobody typed (branch-deploy#46).
 */
export function refuseUnlessInFull(context: CliContext, change: HeavyChange): void {
  const { flags, terminal } = context;
  if (flags.yes && flags.envIsTyped) return;
  if (flags.yes || !terminal.canAsk) throw sayInFull(context, change);
}

/** The typed name of the environment; a script says `--env <name> --yes`. Throws E_CONFIRM_IN_FULL, E_ANSWERED_NO. */
export async function confirmHeavy(context: CliContext, change: HeavyChange): Promise<void> {
  refuseUnlessInFull(context, change);
  if (context.flags.yes) return sayWhoAgreed(context);
  const typed = await context.ask.type({
    question: 'Type the environment name to go on:',
    flag: `--env ${change.env} --yes`,
  });
  if (typed.trim() !== change.env) throw answeredNo(`"${oneLine(typed.trim(), 40)}" is not its name.`);
}

/** Why nobody is asked, as it is: at a terminal of a runner, or of a shell that has its variable, there is one. */
function sayUnasked({ flags, terminal }: CliContext): string {
  if (terminal.canAsk || flags.yes) return '--yes needs the environment beside it';
  if (!terminal.stdinIsTty || !terminal.stderrIsTty) return 'this is not a terminal';
  return flags.input ? 'nothing is asked while CI is set' : 'nothing is asked with --no-input';
}

const sayInFull = (context: CliContext, { env, inFull }: HeavyChange): ReleaseError =>
  new ReleaseError('E_CONFIRM_IN_FULL', {
    what: `${context.command} changes ${env} and ${sayUnasked(context)}.`,
    next: `Say so in full: ${inFull}`,
    state: 'untouched',
  });

/** A sentence that must be typed word by word, like "lose 11 minutes"; `flag` says it in a script. */
export async function confirmWords(
  context: CliContext,
  words: string,
  flag: string,
  given: boolean,
): Promise<void> {
  if (given) return sayWhoAgreed(context, flag);
  const typed = await context.ask.type({ question: `Type "${words}" to go on:`, flag });
  if (typed.trim() !== words) throw answeredNo();
}
