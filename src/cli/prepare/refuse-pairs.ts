import { ReleaseError } from '../../domain/failure.ts';
import type { CommandOptions } from '../command.ts';

/** What makes no candidate, by its flag, and what it does instead. */
const OTHERWISE: readonly (readonly [option: string, flag: string, does: string])[] = [
  ['abandon', '--abandon', 'gives up what was planned'],
  ['resume', '--resume', 'goes on with what was planned'],
  ['backMerge', '--back-merge', 'makes no candidate'],
];

/** Flags that say what a candidate is made from, or when it goes out. */
const OF_A_CANDIDATE: readonly (readonly [option: string, flag: string])[] = [
  ['for', '--for'],
  ['from', '--from'],
  ['hotfix', '--hotfix'],
  ['keepReverted', '--keep-reverted'],
  ['edit', '--edit'],
];

/** Throws E_FLAG_REFUSED (exit 2) where one of two flags would be passed over without a word. */
export function refusePairs(options: CommandOptions): void {
  const isGiven = ([option]: readonly [string, ...string[]]): boolean =>
    options[option] !== undefined && options[option] !== false;
  const mode = OTHERWISE.find(isGiven);
  const about = OF_A_CANDIDATE.find(isGiven);
  if (mode === undefined || about === undefined) return;
  throw new ReleaseError('E_FLAG_REFUSED', {
    what: `${mode[1]} ${mode[2]}, and ${about[1]} is about a new candidate.`,
    next: 'Leave one of them out.',
    state: 'untouched',
  });
}
