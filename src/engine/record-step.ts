import type { ReleaseError } from '../domain/failure.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import { digestOf, sha256 } from '../ledger/digest.ts';
import type { NewEvent } from '../ledger/event.ts';
import type { EntryEnd } from './run-tools.ts';
import type { Running } from './step-context.ts';

/** Records an event of this step; the id makes a repeated record harmless. */
function record(
  { run, entry, tools }: Running,
  key: string,
  event: Pick<NewEvent, 'type' | 'data'>,
  mayWait = false,
): Promise<{ readonly at: string }> {
  const id = `${run}:${entry.name}:${key}:${tools.held.epoch}`;
  const full = { id, run, step: entry.name, def: entry.def, ...event } as NewEvent;
  return tools.ledger.append(tools.held, full, { mayWait });
}

/**
 * The promise of a question binds nobody: lost with the process, it is simply asked again. That of a push which is one
 * with its record goes out with it: no effect without its promise, and no push more for it.
 */
const mayPromiseLater = ({ entry, tools }: Running): boolean =>
  entry.effect === 'read' ||
  (tools.ledger.fence !== undefined && tools.steps.get(entry.step)?.fenced === true);

/**
 * An end that is lost leaves a step in doubt, as a kill between effect and record does (F08): what can be asked about is
 * asked, what may be repeated is repeated. What nobody can ask about is recorded at once.
 */
const mayEndLater = ({ entry }: Running): boolean => entry.effect !== 'unprobeable';

/** The promise "the request leaves soon after this record, or never". Gives the time of the record. */
export async function recordIntent(running: Running, number: number): Promise<string> {
  const { run, entry } = running;
  const data = {
    attempt: number,
    key: sha256(`${run}|${entry.name}`),
    inputDigest: digestOf(entry.input as Json),
  };
  const { at } = await record(
    running,
    `intent:${number}`,
    { type: 'step.intent', data },
    mayPromiseLater(running),
  );
  return at;
}

export async function recordDone(
  running: Running,
  how: 'effect' | 'inspected' | 'operator' | 'skipped',
  done: JsonObject,
  tookMs: number,
): Promise<EntryEnd> {
  // What was found out after an interruption has cost a wait already, and what a person decided is not asked twice.
  const mayWait = how === 'effect' && mayEndLater(running);
  await record(running, 'done', { type: 'step.done', data: { how, done, tookMs } }, mayWait);
  return { end: 'done', done, how, tookMs };
}

async function recordWarned(running: Running, code: string, said: string): Promise<EntryEnd> {
  await record(running, 'warned', { type: 'step.warned', data: { code, said } });
  running.tools.emit({ type: 'step.warned', name: running.entry.name, code, said });
  return { end: 'warned' };
}

/** Told and gone past: of a step that only warns, unless this is what it has to stop for. */
const isGonePast = ({ onFailure, stopsOn = [] }: Running['entry'], code: string): boolean =>
  onFailure === 'warn' && !stopsOn.includes(code);

export async function recordFailed(running: Running, error: ReleaseError, number: number): Promise<EntryEnd> {
  const { code, text } = error;
  if (isGonePast(running.entry, code)) return recordWarned(running, code, text.what);
  await record(running, `failed:${number}`, {
    type: 'step.failed',
    data: { code, said: text.what, state: text.state },
  });
  return { end: 'failed', error };
}

/** Nobody can say whether it happened. For a message that is a warning: no run waits for Slack (F78). */
export async function recordDoubt(running: Running, said: string, number: number): Promise<EntryEnd> {
  if (running.entry.onFailure === 'warn') return recordWarned(running, 'E_IN_DOUBT', said);
  await recordCutOff(running, said, number);
  return { end: 'in-doubt', said };
}

/** The person stopped it in the middle; the next run asks what became of it. */
export async function recordCutOff(running: Running, said: string, number: number): Promise<void> {
  await record(running, `doubt:${number}`, { type: 'step.doubt', data: { said } });
}
