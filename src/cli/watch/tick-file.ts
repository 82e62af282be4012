import { appendFileSync, mkdirSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeTick } from '../../domain/watch/read-tick.ts';
import type { Tick } from '../../domain/watch/tick.ts';
import type { Machine } from '../../ledger/machine.ts';
import type { CliContext } from '../context.ts';
import { hostFor } from '../host.ts';
import type { Wired } from '../wired.ts';
import { findLedgerFolder } from '../wiring/find-ledger-folder.ts';
import { readMachine } from '../wiring/read-machine.ts';
import { claimFile, type Held, isCode } from './claim-file.ts';
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
  /** Lets another watch go on with it. */
  close(): void;
}

/** Without a run in the ledger the version is all that is known of a release. */
const nameOf = ({ version, run }: Watched): string => run ?? version;

/** Takes away a line that a kill tore: what comes next must not be glued to it, and nobody could replay it. */
function mend(path: string): void {
  const written = readFileSync(path);
  const whole = written.lastIndexOf('\n') + 1;
  if (whole < written.length) truncateSync(path, whole);
}

/** The file of this release, or one of its own where another watch writes that one. */
function choosePath(wanted: string, run: string, machine: Machine, { out }: CliContext) {
  const claim = claimFile(wanted, machine);
  if (!('heldBy' in claim)) return { path: wanted, held: claim };
  const path = wanted.replace(/\.jsonl$/, `.${run}.jsonl`);
  out.note(`  ▲ another watch (${claim.heldBy}) writes ${wanted}; this one writes ${path}`);
  return { path, held: undefined };
}

function write(path: string, lines: string, held: Held | undefined): void {
  if (held?.isOurs() === false) throw new Error('another watch has taken it over');
  try {
    appendFileSync(path, lines);
  } catch (error) {
    // Its folder is not there, for the first line or since somebody tidied up.
    if (!isCode(error, 'ENOENT')) throw error;
    mkdirSync(dirname(path), { recursive: true });
    appendFileSync(path, lines);
  }
}

/** Ticks go to the disk once a second: a watch that is killed loses no more than that. */
export function openTickFile(watched: Watched, run: string, wired: Wired, context: CliContext): TickFile {
  const { redact, out } = context;
  const folder = join(findLedgerFolder(wired), 'watch', wired.env);
  const machine = readMachine(hostFor(wired.runbook.sandbox, context.env, context.host));
  const { path, held } = choosePath(join(folder, `${nameOf(watched)}.jsonl`), run, machine, context);
  const writtenAt = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  if (writtenAt !== undefined) mend(path);
  let waiting = '';
  let isTold = false;
  return {
    path,
    isOld: writtenAt !== undefined,
    writtenAt,
    add: (tick) => {
      waiting += `${writeTick(tick)}\n`;
    },
    flush: () => {
      if (waiting === '') return void held?.keep();
      try {
        write(path, redact(waiting), held);
      } catch (error) {
        // Whoever watches production must not stop because the disk is full: what is missing is a gap of the record.
        if (!isTold)
          out.note(`  ▲ ${path} cannot be written: ${error instanceof Error ? error.message : error}`);
        isTold = true;
      }
      waiting = '';
    },
    close: () => held?.free(),
  };
}
