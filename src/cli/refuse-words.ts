import { ReleaseError } from '../domain/failure.ts';
import { makePaint } from '../report/color.ts';
import { sayError } from '../report/errors.ts';
import { makeEnvelope } from '../report/json.ts';
import { systemClock } from './clock.ts';
import type { Output } from './context.ts';
import { exitCodeOf } from './exit-by-code.ts';
import { plainWords } from './global-flags.ts';
import { type Parsed, parseWords } from './program.ts';
import { readToolVersion } from './tool-version.ts';

/** The parsed words, or why they are none. */
export function understand(
  words: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Parsed | ReleaseError {
  try {
    return parseWords(words, env);
  } catch (error) {
    if (error instanceof ReleaseError) return error;
    throw error;
  }
}

/** Flags of a line that could not be parsed still say how its refusal should look. */
export const guessFlags = (words: readonly string[]) => ({
  color: !words.includes('--no-color'),
  ascii: words.includes('--ascii'),
  input: false,
});

/** Says why words are none; returns the exit code. */
export function refuseWords(
  error: ReleaseError,
  words: readonly string[],
  out: Output,
  color: boolean,
): number {
  const exitCode = exitCodeOf(error.code);
  out.note(sayError(error, exitCode, makePaint(color)));
  if (!words.includes('--json')) return exitCode;
  const now = systemClock.now();
  const command = plainWords(words)[0] ?? '';
  const times = { startedAt: now, finishedAt: now, durationMs: 0 };
  out.json(makeEnvelope({ ...times, tool: readToolVersion(), command, exitCode, error }));
  return exitCode;
}
