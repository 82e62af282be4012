import { ReleaseError } from '../../domain/failure.ts';
import { didYouMean } from '../../domain/suggest.ts';
import type { CommandModule } from '../command.ts';
import { isShell, SHELLS, scriptFor } from '../complete/scripts.ts';
import { EXIT } from '../exit.ts';

const unknownShell = (typed: string): ReleaseError =>
  new ReleaseError('E_ARGUMENTS', {
    what:
      typed === '' ? 'Name the shell.' : `There are no candidates for ${typed}.${didYouMean(typed, SHELLS)}`,
    next: `One of: ${SHELLS.map((shell) => `release completion ${shell}`).join(', ')}.`,
    state: 'untouched',
  });

export const run: CommandModule['run'] = async ([shell = '']) => {
  if (!isShell(shell)) throw unknownShell(shell);
  const text = scriptFor(shell);
  return { exitCode: EXIT.ok, text, isFile: true, result: { shell, script: text }, next: [], warnings: [] };
};
