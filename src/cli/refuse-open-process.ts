import { ReleaseError } from '../domain/failure.ts';

/** Flags of Node that open a running program to others, or write its memory into a file. */
const OPEN =
  /(?:^|\s)(--(?:inspect|debug-port|heapsnapshot|heap-prof|report-(?:on|uncaught)|abort-on-uncaught)[\w-]*)/;

/**
 * Refuses to hold the keys of a protected environment in a process that can be looked into, or whose memory is written
 * to disk when it breaks (T07): E_OPEN_PROCESS, exit 2. `flags` are Node's own, from the command line and NODE_OPTIONS.
 */
export function refuseOpenProcess(flags: readonly string[], env: string): void {
  const found = OPEN.exec(flags.join(' '))?.[1];
  if (found === undefined) return;
  throw new ReleaseError('E_OPEN_PROCESS', {
    what: `Node was started with ${found}, and ${env} is protected.`,
    why: 'Keys of the database and of the payments would lie open to whoever connects, or in a file.',
    next: 'Start it without that flag (also in NODE_OPTIONS). To debug, use `release demo up`.',
    state: 'untouched',
  });
}
