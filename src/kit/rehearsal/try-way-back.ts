import { type Catalogue, compareCatalogues, sayCatalogueDifference } from '../../domain/catalogue.ts';
import type { Clock } from '../../domain/clock.ts';
import { brokenIntegrity } from '../../domain/integrity.ts';
import { plural } from '../../domain/plural.ts';
import { withoutStop } from '../../domain/screen-text.ts';
import type { DatabaseCopy, MigrationFile, MigrationOrder } from '../../services/postgres/port.ts';
import { fingerprintOf } from '../catalogue.ts';
import { askIntegrity } from '../integrity/ask-again.ts';
import { established } from '../integrity/established.ts';
import { type Query, readBaseline } from '../integrity/read-baseline.ts';
import { isItsFault } from './is-its-fault.ts';
import { readerOfCopy } from './reader-of-copy.ts';

/** What the schema has to be at the end: as the copy had it at first, or one that is on record. */
export type ExpectedSchema =
  | { readonly is: 'as-it-was' }
  /** `schema` names what differs; missing where it is not kept on this machine. */
  | { readonly is: 'recorded'; readonly fingerprint: string; readonly schema?: Catalogue }
  | { readonly is: 'not-known'; readonly because: string };

/** What is tried on a copy of the database. */
export interface WayBackOrder {
  /** Files that a deploy would bring; none where what is left is live already. */
  readonly pending: readonly MigrationFile[];
  /** Files whose scripts take the schema back, in the order of the journal. */
  readonly back: readonly MigrationFile[];
  /** Puts the copy back to the restore point instead of running scripts. */
  readonly restore?: () => Promise<void>;
  readonly order: MigrationOrder;
  readonly queries: readonly Query[];
  readonly expected: ExpectedSchema;
  /** sha256 and names of files that the earlier version does not know. */
  readonly foreign: ReadonlySet<string>;
  readonly clock: Clock;
}

/** What came of it. Times in ms, of the way back alone. */
export interface WayBackTrial {
  /** By the name that the entry has in a plan. */
  readonly times: ReadonlyMap<string, number>;
  /** What went wrong, in sentences without an end. */
  readonly problems: readonly string[];
  /** What could not be established. */
  readonly unknown: readonly string[];
  /** How many questions about the data were answered and hold. */
  readonly asked: number;
}

const MOST_TOLD = 3;
const ASK_AGAIN = 'Then rehearse again.';

const failed = (
  problems: readonly string[],
  times: ReadonlyMap<string, number> = new Map(),
): WayBackTrial => ({
  times,
  problems,
  unknown: [],
  asked: 0,
});

/** What a file did wrong, or nothing; what is about the rehearsal itself is thrown. */
async function orProblem(act: () => Promise<unknown>): Promise<readonly string[]> {
  try {
    await act();
    return [];
  } catch (error) {
    if (!isItsFault(error)) throw error;
    return [withoutStop(error.text.what)];
  }
}

async function goUp(copy: DatabaseCopy, { pending, order }: WayBackOrder): Promise<readonly string[]> {
  for (const file of pending) {
    const wrong = await orProblem(() => copy.apply(file, order));
    if (wrong.length > 0) return [`there is nothing to go back from: ${wrong[0]}`];
  }
  return [];
}

interface Gone {
  readonly times: ReadonlyMap<string, number>;
  readonly problems: readonly string[];
}

/** By the scripts, newest first, or by a restore; each with the time that the plan's entry would take. */
async function goBack(copy: DatabaseCopy, { back, order, restore, clock }: WayBackOrder): Promise<Gone> {
  const times = new Map<string, number>();
  const timed = async (name: string, act: () => Promise<unknown>): Promise<readonly string[]> => {
    const started = clock.monotonic();
    const wrong = await orProblem(act);
    times.set(name, clock.monotonic() - started);
    return wrong;
  };
  if (restore !== undefined) {
    // Over only when it answers again: the restore cuts every session.
    await timed('restore-database', () => restore().then(() => copy.catalogue()));
    return { times, problems: [] };
  }
  for (const file of [...back].reverse()) {
    const problems = await timed(`revert:${file.tag}`, () => copy.revert(file, order));
    if (problems.length > 0) return { times, problems };
  }
  return { times, problems: [] };
}

const sayDifferences = (is: Catalogue, should: Catalogue): readonly string[] => {
  const names = { left: 'the schema after the way back', right: 'the schema of the earlier version' };
  const told = compareCatalogues(is, should).map((one) => sayCatalogueDifference(one, names));
  const more = told.length > MOST_TOLD ? ` and ${told.length - MOST_TOLD} more` : '';
  return told.length === 0 ? [] : [`${told.slice(0, MOST_TOLD).join('; ')}${more}`];
};

type Compared = Pick<WayBackTrial, 'problems' | 'unknown'>;

/** Fingerprints decide; the objects only say what differs. */
function compareSchema(is: Catalogue, before: Catalogue, expected: ExpectedSchema): Compared {
  if (expected.is === 'not-known')
    return { problems: [], unknown: [`which schema is right was not established: ${expected.because}`] };
  if (expected.is === 'as-it-was') return { problems: sayDifferences(is, before), unknown: [] };
  if (fingerprintOf(is) === expected.fingerprint) return { problems: [], unknown: [] };
  const told = expected.schema === undefined ? [] : sayDifferences(is, expected.schema);
  const unnamed = 'the schema is not the recorded one of the earlier version; what differs is not kept here';
  return { problems: told.length > 0 ? told : [unnamed], unknown: [] };
}

async function findForeign(copy: DatabaseCopy, { order, foreign }: WayBackOrder): Promise<readonly string[]> {
  const applied = await copy.appliedMigrations(order.journal);
  const left = applied.filter(({ hash = '', name = '' }) => foreign.has(hash) || foreign.has(name));
  return left.length === 0
    ? []
    : [`${plural(left.length, 'migration')} of the newer version still in the journal`];
}

/**
 * Tries the way back of the data on a copy: what a deploy would bring, then scripts or the restore, and then whether
 * schema, journal and data are what the earlier version expects (RBX-4A1, RBX-4B1 to RBX-4B3; E-51, E-88). What keeps the
 * rehearsal itself from an answer is thrown.
 */
export async function tryWayBack(copy: DatabaseCopy, order: WayBackOrder): Promise<WayBackTrial> {
  const { queries, expected, restore } = order;
  const reader = readerOfCopy(copy);
  const before = await copy.catalogue();
  // Counted before anything: a deploy and its way back together must lose no row.
  const baseline = await readBaseline(queries, reader);
  const up = await goUp(copy, order);
  if (up.length > 0) return failed(up);
  const { times, problems } = await goBack(copy, order);
  if (problems.length > 0) return failed(problems, times);
  const schema = compareSchema(await copy.catalogue(), before, expected);
  const foreign = await findForeign(copy, order);
  // A restore takes rows that somebody has agreed to lose: they are counted, and are no violation.
  const answers =
    restore === undefined ? established(await askIntegrity(queries, baseline, reader), ASK_AGAIN) : [];
  const broken = brokenIntegrity(answers).map(({ said }) => `${said} after the way back`);
  return {
    times,
    problems: [...schema.problems, ...foreign, ...broken],
    unknown: schema.unknown,
    asked: answers.length,
  };
}
