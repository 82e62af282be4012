import { STAGING } from '../../../checks/parity/make-likeness.ts';
import { ReleaseError } from '../../domain/failure.ts';
import { didYouMean } from '../../domain/suggest.ts';
import type { CommandOptions } from '../command.ts';
import type { GlobalFlags } from '../context.ts';
import { splitGlobs } from '../waivers.ts';
import type { Wired } from '../wired.ts';

/** What `release parity` was asked. */
export interface ParityRequest {
  readonly between: readonly [string, string];
  /** Score above which it is GO. */
  readonly go: number;
  readonly ignore: readonly string[];
  readonly all: boolean;
}

const refuse = (what: string, next: string): ReleaseError =>
  new ReleaseError('E_FLAG_VALUE', { what, next, state: 'untouched' });

function readPair(typed: CommandOptions[string]): readonly [string, string] | undefined {
  if (typeof typed !== 'string') return undefined;
  const [left, right, ...more] = typed.split(',').map((name) => name.trim());
  const isPair = left && right && left !== right && more.length === 0;
  if (isPair) return [left, right];
  throw refuse(
    `--between takes two environments, like staging,production; got "${typed.slice(0, 60)}".`,
    'release parity --between staging,production',
  );
}

/** The environment that --between names second; undefined without it. Throws E_FLAG_VALUE, or E_FLAG_REFUSED beside --env. */
export function chooseSecond(options: CommandOptions, { env, envIsTyped }: GlobalFlags): string | undefined {
  const pair = readPair(options.between);
  if (pair === undefined || !envIsTyped || env === pair[1]) return pair?.[1];
  throw new ReleaseError('E_FLAG_REFUSED', {
    what: `--env ${env} and --between ${pair.join(',')} mean two different environments.`,
    next: 'Leave --env out.',
    state: 'untouched',
  });
}

function readFirst(pair: readonly string[] | undefined, { runbook }: Wired): string {
  const first = pair?.[0] ?? STAGING;
  const known = Object.keys(runbook.environments);
  if (pair === undefined || known.includes(first)) return first;
  throw new ReleaseError('E_ENV_UNKNOWN', {
    what: `There is no environment "${first.slice(0, 60)}".${didYouMean(first, known)}`,
    next: `Known: ${known.join(', ')}. Nothing was done.`,
    state: 'untouched',
  });
}

/** A bound below the one of NO-GO would call GO what the configuration refuses. */
function readMin(typed: CommandOptions[string], { go, noGo }: { go: number; noGo: number }): number {
  if (typed === undefined) return go;
  const min =
    typeof typed === 'string' && /^\d{1,3}(?:\.\d{1,6})?$/.test(typed.trim()) ? Number(typed) : Number.NaN;
  if (min >= noGo && min <= 100) return min;
  throw refuse(
    `--min takes a percentage from ${noGo} (thresholds.parity.noGo) to 100, got "${String(typed).slice(0, 40)}".`,
    `release parity --min ${go}`,
  );
}

const BEGINNINGS = ['node', 'npm/', 'env/', 'schema/'];

function checkPath(path: string): string {
  if (path === 'node' || BEGINNINGS.slice(1).some((start) => path.startsWith(start))) return path;
  const start = path.includes('/') ? `${path.split('/')[0]}/` : path;
  throw refuse(
    `--ignore takes a path that begins with ${BEGINNINGS.join(', ')}; got "${path.slice(0, 60)}".${didYouMean(start, BEGINNINGS)}`,
    'release parity --ignore env/REPL_ID',
  );
}

/** The flags, checked. Throws E_FLAG_VALUE or E_ENV_UNKNOWN (exit 2). */
export function readParityRequest(options: CommandOptions, wired: Wired): ParityRequest {
  return {
    between: [readFirst(readPair(options.between), wired), wired.env],
    go: readMin(options.min, wired.runbook.thresholds.parity),
    ignore: (splitGlobs(options.ignore) ?? []).map(checkPath),
    all: options.all === true,
  };
}
