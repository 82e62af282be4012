import type { HostTarget } from '../../config/schema/index.ts';
import { seconds } from '../../domain/duration.ts';
import { oneLine } from '../../domain/screen-text.ts';
import type { ShellAnswer } from '../shell/port.ts';
import { withV } from './fill.ts';
import type { Following, WantedVersion } from './port.ts';
import { publishRefused, publishTooLong } from './refusals.ts';
import type { HostRoom } from './room.ts';

const LAST_LINES = 5;

/** The end is where the error is; most programs write it to stderr. */
function lastLines({ out, err }: ShellAnswer): string {
  const lines = (err.trim() === '' ? out : err).trim().split('\n');
  return lines
    .slice(-LAST_LINES)
    .map((line) => oneLine(line, 200))
    .filter(Boolean)
    .join(' · ');
}

/**
 * Runs the owner's command line beside the configuration, with RELEASE_VERSION (with its v), RELEASE_COMMIT,
 * RELEASE_ENV and RELEASE_MARKER set; exit 0 means accepted. Throws E_PUBLISH_REFUSED for any other exit, or
 * E_PUBLISH_TIMEOUT at its time limit; both leave open whether it published (DAY-24, DAY-25).
 */
export async function publishByCommand(
  { env, surroundings, services: { shell } }: HostRoom,
  host: Extract<HostTarget, { strategy: 'command' }>,
  wanted: WantedVersion,
  marker: string,
  { tell, signal }: Following,
): Promise<void> {
  const answer = await shell.line(host.publish, {
    timeoutMs: seconds(host.timeoutSeconds),
    cwd: surroundings.root,
    env: {
      RELEASE_VERSION: withV(wanted.version),
      RELEASE_COMMIT: wanted.commit,
      RELEASE_ENV: env,
      RELEASE_MARKER: marker,
    },
    ...(signal === undefined ? {} : { signal }),
    ...(tell === undefined ? {} : { onLine: (line: string) => tell(oneLine(line, 200)) }),
  });
  signal?.throwIfAborted();
  if (answer.timedOut) throw publishTooLong('The publish command', host.timeoutSeconds);
  if (answer.code !== 0) throw publishRefused(answer.code, lastLines(answer));
}
