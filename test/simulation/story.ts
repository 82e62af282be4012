import type { LedgerEvent } from '../../src/ledger/event.ts';
import type { Fate } from '../support/engine/process.ts';

/** Hears one thing that happened: when (virtual ms), who, what. */
export type Tell = (atMs: number, who: string, what: string) => void;

/** A line of a story that is read from above: `00:01:12.345  host-3  is killed`. */
export function sayLine(atMs: number, who: string, what: string): string {
  const clock = new Date(atMs).toISOString().slice(11, 23);
  return `${clock}  ${who.padEnd(10)}  ${what}`;
}

/** What happened to a process at a point; says nothing of a point that was passed. */
export function sayFate(
  tell: Tell,
  atMs: number,
  host: string,
  point: string,
  fate: Fate,
  jumpMs: number,
): void {
  if (jumpMs !== 0) tell(atMs, host, `its clock is put ${jumpMs > 0 ? 'forward' : 'back'} by an hour`);
  if (fate === 'die') tell(atMs, host, `is killed (${point})`);
  else if (fate !== 'go') tell(atMs, host, `freezes for ${Math.round(fate / 1000)} s (${point})`);
}

/** Events that a person need not read: nothing is decided by them. */
const SILENT = ['lock.released', 'run.planned'];

function describe({ type, step, epoch, run, data }: LedgerEvent): string {
  const about = step === undefined ? '' : ` "${step}"`;
  const how = 'how' in data ? ` (${data.how})` : '';
  const said = 'said' in data ? `: ${data.said}` : '';
  if (type === 'lock.acquired') return `takes the lock, epoch ${epoch}, for ${run}`;
  if (type === 'lock.takeover') return `takes the lock over from ${data.from}, epoch ${epoch}, for ${run}`;
  return `records ${type}${about}${how}${said}, epoch ${epoch}`;
}

/** Tells of an event that is written, unless nothing is decided by it. */
export function sayEvent(tell: Tell, atMs: number, event: LedgerEvent): void {
  if (!SILENT.includes(event.type)) tell(atMs, event.host, describe(event));
}
