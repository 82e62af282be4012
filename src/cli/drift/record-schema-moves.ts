import type { DriftArea } from '../../domain/drift/drift-state.ts';
import { findMoves, type SchemaMoves } from '../../domain/drift/explain-schema.ts';
import { seconds } from '../../domain/duration.ts';
import { isReleaseError } from '../../domain/failure.ts';
import type { Plan } from '../../domain/plan.ts';
import { readSchema } from '../../kit.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import { foldDrift } from '../../ledger/fold-drift.ts';
import type { Held } from '../../ledger/ledger.ts';
import { readAsHolder } from '../../ledger/read-as-holder.ts';
import type { Wired } from '../wired.ts';
import { findProvenMoves } from './find-proven-moves.ts';

const MOVES_SCHEMA = ['postgres.migrate', 'postgres.revert', 'neon.restore'];
/** A release waits no longer than this for a record that only saves somebody an acceptance. */
const PATIENCE_MS = seconds(5);

type Recorder = Pick<Wired, 'ledger' | 'scope' | 'services' | 'configured' | 'env' | 'clock'>;

const movesSchema = ({ entries }: Plan): boolean =>
  entries.some((entry) => entry.kind === 'step' && MOVES_SCHEMA.includes(entry.step));

/** What a part of this run that was killed had read before it began: its end was never recorded. */
function findUnended(events: readonly LedgerEvent[], run: string): DriftArea | undefined {
  const last = events.findLast(
    (event) =>
      event.run === run && (event.type === 'drift.schema-before' || event.type === 'drift.schema-moved'),
  );
  return last?.type === 'drift.schema-before' ? last.data.schema : undefined;
}

async function read({ services, env, clock }: Recorder): Promise<DriftArea | undefined> {
  const own = new AbortController();
  const late = clock.sleep(PATIENCE_MS, own.signal).then(
    () => undefined,
    () => undefined,
  );
  try {
    return await Promise.race([readSchema(services.postgres, env), late]);
  } finally {
    own.abort();
  }
}

// Without the record the change is reported as drift, and a person accepts it: that is no reason to stop a release.
async function orNothing<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (isReleaseError(error)) return undefined;
    throw error;
  }
}

async function readBefore(recorder: Recorder, held: Held): Promise<DriftArea | undefined> {
  const { ledger, scope, clock } = recorder;
  const { run } = held;
  const events = await readAsHolder(ledger, held);
  if (foldDrift(events, clock.now()).baseline === undefined) return undefined;
  const unended = findUnended(events, run);
  if (unended !== undefined) return unended;
  const schema = await read(recorder);
  if (schema === undefined) return undefined;
  const id = `${run}:drift.schema-before:${events.length}`;
  await ledger.note(scope, { id, run, type: 'drift.schema-before', data: { schema } });
  return schema;
}

async function findMovesNow(recorder: Recorder, before: DriftArea): Promise<SchemaMoves | undefined> {
  const after = await read(recorder);
  return after && findMoves(before, after);
}

async function noteMoves(
  recorder: Recorder,
  run: string,
  { version }: Plan,
  before: DriftArea,
): Promise<void> {
  const moves = (await findProvenMoves(recorder, run)) ?? (await findMovesNow(recorder, before));
  if (moves === undefined) return;
  const { length } = await recorder.ledger.read(recorder.scope);
  const data = { version, moves };
  const id = `${run}:drift.schema-moved:${length}`;
  await recorder.ledger.note(recorder.scope, { id, run, type: 'drift.schema-moved', data });
}

/**
 * Does `work`, and records what it did to the schema, so that drift tells it from what a hand changed. Only where a
 * set-up was accepted and the plan changes the schema. Whatever goes wrong with the record, `work` is done all the same.
 */
export async function recordSchemaMoves<T>(
  recorder: Recorder,
  { plan, held }: { readonly plan: Plan; readonly held: Held },
  work: () => Promise<T>,
): Promise<T> {
  const isWanted = recorder.configured.has('postgres') && movesSchema(plan);
  const before = isWanted ? await orNothing(() => readBefore(recorder, held)) : undefined;
  const done = await work();
  if (before !== undefined) await orNothing(() => noteMoves(recorder, held.run, plan, before));
  return done;
}
