import { appendFileSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeTick } from '../../domain/watch/read-tick.ts';
import type { Tick } from '../../domain/watch/tick.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';
import { findLedgerFolder } from '../wiring/open-ledger.ts';
import type { Watched } from './find-release.ts';

/** The record of one release's watch, beside the ledger of this machine. */
export interface TickFile {
  readonly path: string;
  /** True when an earlier watch of this release has written it. */
  readonly isOld: boolean;
  /** When that was, in ms since 1970 by the clock of this machine; undefined: it is new. */
  readonly writtenAt: number | undefined;
  add(tick: Tick): void;
  /** Puts what was added on the disk. */
  flush(): void;
}

/** Without a run in the ledger the version is all that is known of a release. */
const nameOf = ({ version, run }: Watched): string => run ?? version;

/** Ticks go to the disk once a second: a watch that is killed loses no more than that. */
export function openTickFile(watched: Watched, wired: Wired, { redact, out }: CliContext): TickFile {
  const folder = join(findLedgerFolder(wired), 'watch', wired.env);
  const path = join(folder, `${nameOf(watched)}.jsonl`);
  const writtenAt = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  let waiting = '';
  let isTold = false;
  return {
    path,
    isOld: writtenAt !== undefined,
    writtenAt,
    add: (tick) => {
      waiting += `${redact(writeTick(tick))}\n`;
    },
    flush: () => {
      if (waiting === '') return;
      try {
        mkdirSync(dirname(path), { recursive: true });
        appendFileSync(path, waiting);
      } catch (error) {
        // Whoever watches production must not stop because the disk is full: what is missing is a gap of the record.
        if (!isTold)
          out.note(`  ▲ ${path} cannot be written: ${error instanceof Error ? error.message : error}`);
        isTold = true;
      }
      waiting = '';
    },
  };
}
