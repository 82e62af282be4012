import { isAbsolute } from 'node:path';
import { ReleaseError } from '../../domain/failure.ts';
import { oneLine, withoutStop } from '../../domain/screen-text.ts';
import type { ShellAnswer, ShellPort } from '../shell/port.ts';
import type { GitSetting, RemoteAddress } from './split-address.ts';
import type { StartTalk } from './talk.ts';

export interface GitSettings {
  readonly shell: ShellPort;
  /** Our own bare repository; the user's checkout is never written. */
  readonly cacheFolder: string;
  /** Where the remote's objects come from: an address or a path. */
  readonly remote: RemoteAddress;
  /** What fetch and push need of the user's own settings: credential helper, ssh command. */
  readonly access: readonly GitSetting[];
}

export type RunGit = (
  args: readonly string[],
  options?: {
    readonly input?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly timeoutMs?: number;
    readonly talksToRemote?: boolean;
  },
) => Promise<ShellAnswer>;

/** Settings that no repository and no user may change for our own git (T10, T11). */
const FIXED = [
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'protocol.ext.allow=never',
  '-c',
  'gc.auto=0',
  '-c',
  'maintenance.auto=false',
  '-c',
  'commit.gpgSign=false',
  '-c',
  'tag.gpgSign=false',
];

/** True for a path on this machine; the `file` protocol is allowed for those alone. */
export const isLocal = (url: string): boolean =>
  isAbsolute(url) || url.startsWith('file:') || url.startsWith('.');

function makeEnv(url: string, given: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ALLOW_PROTOCOL: isLocal(url) ? 'file' : 'https:ssh:http',
    LC_ALL: 'C',
    ...given,
  };
}

function asEnv(settings: readonly GitSetting[]): Record<string, string> {
  const pairs = settings.flatMap(([key, value], i) => [
    [`GIT_CONFIG_KEY_${i}`, key] as const,
    [`GIT_CONFIG_VALUE_${i}`, value] as const,
  ]);
  return { GIT_CONFIG_COUNT: String(settings.length), ...Object.fromEntries(pairs) };
}

/** A program of git on our cache that stays, to be asked. */
export const makeStartTalk =
  ({ shell, cacheFolder, remote }: GitSettings, args: readonly string[]): StartTalk =>
  (hear) =>
    shell.talk('git', ['-C', cacheFolder, ...FIXED, ...args], { env: makeEnv(remote.url), ...hear });

const hide = (text: string, secrets: readonly string[]): string =>
  secrets.reduce((left, secret) => left.replaceAll(secret, '***'), text);

/**
 * Runs git on our cache by argument list; the answer's code is the caller's to judge. What opens the remote is told by
 * environment, to the calls alone that talk to it, and is hidden in what git complains about (T03).
 */
export function makeRunGit({ shell, cacheFolder, remote, access }: GitSettings): RunGit {
  const opening = asEnv([...access, ...remote.settings]);
  return async (args, { input, env, timeoutMs = 30_000, talksToRemote = false } = {}) => {
    const call = (): Promise<ShellAnswer> =>
      shell.program('git', ['-C', cacheFolder, ...FIXED, ...args], {
        timeoutMs,
        env: { ...makeEnv(remote.url, env), ...(talksToRemote ? opening : {}) },
        ...(input === undefined ? {} : { input }),
      });
    const first = await call();
    // The step that asks was promised to be finished. Whether a push had landed by then is for its own step to see.
    const answer = first.byCtrlC && !args.includes('push') ? await call() : first;
    return { ...answer, err: hide(answer.err, remote.secrets) };
  };
}

/** What a failed git call is told as. Nothing was changed by it unless the caller knows better. */
export function gitFailed(
  doing: string,
  answer: ShellAnswer,
  state: 'untouched' | 'unclear' = 'untouched',
): ReleaseError {
  const why = answer.timedOut
    ? 'it did not end in time'
    : withoutStop(oneLine(answer.err, 300)) || `git ended with ${answer.code}`;
  return new ReleaseError('E_GIT', {
    what: `${doing} failed: ${why}.`,
    next: 'Try the same with your own git; look at the network and at your rights on the remote.',
    state,
  });
}

/** The trimmed output of a call that must succeed. */
export async function mustRun(run: RunGit, doing: string, ...call: Parameters<RunGit>): Promise<string> {
  const answer = await run(...call);
  if (answer.code !== 0) throw gitFailed(doing, answer);
  return answer.out.trimEnd();
}
