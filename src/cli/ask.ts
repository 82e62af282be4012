import { ReleaseError } from '../domain/failure.ts';
import type { Ask, Question } from './context.ts';

/** The refusal of a question, by a "no" or Ctrl-C: exit 130, so that a script never takes it for done. */
export const answeredNo = (because = ''): ReleaseError =>
  new ReleaseError('E_ANSWERED_NO', {
    what: `${because} Nothing was done.`.trimStart(),
    next: 'Ask again when ready.',
    state: 'untouched',
  });

const inputIsOff = ({ question, flag }: Question): ReleaseError =>
  new ReleaseError('E_INPUT_OFF', {
    what: `I would ask "${question}" here, but input is off (--no-input).`,
    next: `Pass ${flag}.`,
    state: 'untouched',
  });

/** inquirer throws an error of its own on Ctrl-C; nothing else in it is expected. */
async function orNo<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && /ExitPromptError|AbortPromptError/.test(error.name)) throw answeredNo();
    throw error;
  }
}

/** Questions on stderr, so that stdout stays the result. `isOpen` is false without a terminal and in CI. */
export function makeAsk(isOpen: boolean, signal: AbortSignal): Ask {
  const where = { output: process.stderr, signal };
  return {
    confirm: async (question) => {
      if (!isOpen) throw inputIsOff(question);
      const { default: confirm } = await import('@inquirer/confirm');
      return orNo(confirm({ message: question.question, default: false }, where));
    },
    type: async (question) => {
      if (!isOpen) throw inputIsOff(question);
      const { default: input } = await import('@inquirer/input');
      return orNo(input({ message: question.question }, where));
    },
    choose: async (question) => {
      if (!isOpen) throw inputIsOff(question);
      const { default: select } = await import('@inquirer/select');
      const choices = question.choices.map((name, value) => ({ name, value }));
      return orNo(select({ message: question.question, choices }, where));
    },
  };
}
