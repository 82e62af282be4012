import { decideColor } from '../report/color.ts';
import type { GlobalFlags, Terminal } from './context.ts';
import { isPlainOnly } from './plain-only.ts';
import { isCi, screenOf } from './screen-of.ts';

/** What is asked of a stream; a pipe has neither. */
export interface StreamFacts {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

export interface Streams {
  readonly stdin: StreamFacts;
  readonly stdout: StreamFacts;
  readonly stderr: StreamFacts;
}

type Env = Readonly<Record<string, string | undefined>>;

/** The terminal's facts, each read once. Stdout and stderr are asked apart: one of them may be piped. */
export function readTerminal(
  streams: Streams,
  env: Env,
  flags: Pick<GlobalFlags, 'color' | 'ascii' | 'input'>,
): Terminal {
  const colorOf = (stream: StreamFacts): boolean =>
    decideColor({
      isTty: stream.isTTY === true,
      flag: flags.color,
      noColor: env.NO_COLOR,
      forceColor: env.FORCE_COLOR,
      term: env.TERM,
    });
  const stderrIsTty = streams.stderr.isTTY === true;
  return {
    stdinIsTty: streams.stdin.isTTY === true,
    stdoutIsTty: streams.stdout.isTTY === true,
    stderrIsTty,
    columns: streams.stderr.columns ?? streams.stdout.columns ?? 80,
    rows: streams.stderr.rows ?? streams.stdout.rows ?? 24,
    color: { stdout: colorOf(streams.stdout), stderr: colorOf(streams.stderr) },
    screen: { stdout: screenOf(streams.stdout, env), stderr: screenOf(streams.stderr, env) },
    ascii: flags.ascii || isPlainOnly(env),
    isCi: isCi(env),
    canAsk: flags.input && !isCi(env) && streams.stdin.isTTY === true && stderrIsTty,
    isLive: stderrIsTty && !isCi(env) && env.TERM !== 'dumb',
  };
}
