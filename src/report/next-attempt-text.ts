import type { NextAttempt } from '../domain/next-attempt.ts';

/** Which version follows the one that was taken back, and the lines that prepare it (E-90). */
export const sayNextAttempt = ({ bad, version, hotfix }: NextAttempt, live: string): readonly string[] => [
  `${bad} stays marked bad. Next attempt: ${version}, what ${bad} brought and the fix: release prepare ${version}`,
  ...(hotfix === undefined ? [] : [`A fix of ${live} alone: release prepare ${hotfix} --hotfix`]),
];
