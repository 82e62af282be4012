import { type FailureText, ReleaseError } from '../domain/failure.ts';
import { COMMANDS } from './catalogue/index.ts';
import type { CliContext } from './context.ts';
import { sameFileFlag } from './in-same-file.ts';

type Here = Pick<CliContext, 'flags' | 'cwd' | 'env'>;

/** Without init, which takes an environment for its probe alone. */
const ON_ENV = COMMANDS.filter(({ name, takesEnv }) => takesEnv && name !== 'init').map(({ name }) => name);

/** A command within a sentence, and what belongs to it: up to the next one or the end of the sentence. */
const COMMAND = new RegExp(`\\brelease (?:${ON_ENV.join('|')})(?![\\w-])`, 'g');
const ITS_END = /\brelease [a-z]|[.;](?:\s|$)|\n/;

/**
 * The words with every command in them meant for the environment and the file of the line that was typed. A command that
 * names none would go to the default environment: told of staging, somebody would go on with production.
 */
export function inSamePlace(words: string, here: Here): string {
  const { env, envIsTyped } = here.flags;
  const place = env !== undefined && envIsTyped ? ` --env ${env}` : '';
  const file = sameFileFlag(here);
  if (place === '' && file === '') return words;
  return words.replace(COMMAND, (command, at: number) => {
    const [own = ''] = words.slice(at + command.length).split(ITS_END);
    return `${command}${own.includes('--env ') ? '' : place}${own.includes('--config ') ? '' : file}`;
  });
}

/** The error with the commands that it names meant for where it happened. */
export function errorInSamePlace({ code, text }: ReleaseError, here: Here): ReleaseError {
  const said = ({ why, next, see }: FailureText): Partial<FailureText> => ({
    next: inSamePlace(next, here),
    ...(why === undefined ? {} : { why: inSamePlace(why, here) }),
    ...(see === undefined ? {} : { see: inSamePlace(see, here) }),
  });
  return new ReleaseError(code, { ...text, ...said(text) });
}
