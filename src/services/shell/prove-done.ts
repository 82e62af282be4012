import { ReleaseError } from '../../domain/failure.ts';
import { oneLine } from '../../domain/screen-text.ts';
import type { ShellAnswer } from './port.ts';

const lastLine = (text: string): string => oneLine(text.trim().split('\n').at(-1) ?? '');

const sayEnd = ({ code, timedOut }: ShellAnswer): string =>
  timedOut ? 'did not end in time' : `ended with ${code}`;

/** The answer of a command line that ended with 0. Throws E_COMMAND_FAILED; values of the line are not repeated. */
export function proveDone(line: string, answer: ShellAnswer): ShellAnswer {
  if (answer.code === 0 && !answer.timedOut) return answer;
  throw new ReleaseError('E_COMMAND_FAILED', {
    what: `\`${oneLine(line, 80)}\` ${sayEnd(answer)}.`,
    why: lastLine(answer.err) || lastLine(answer.out) || 'It said nothing.',
    next: 'Run the line by hand.',
    state: 'unclear',
  });
}
