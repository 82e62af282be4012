import type { Clock } from '../../domain/clock.ts';
import { isReleaseError, ReleaseError } from '../../domain/failure.ts';
import type { Check } from '../../kit.ts';
import { runForeign } from '../foreign.ts';
import { digestFiles } from './digest-files.ts';
import { type CheckFile, findCheckFiles } from './find-check-files.ts';
import { guardCheck } from './guard-check.ts';
import { type Importer, makeImporter } from './import-file.ts';
import { type Listening, listenTo } from './listen.ts';
import { findSpecProblem } from './read-spec.ts';
import { readSource, sayPlace, tellError } from './tell-error.ts';
import { makeUnloadedId, UNLOADED_ROOM, unloadedCheck } from './unloaded-check.ts';

/** Longest time for one file to be loaded: an endless `await` at its top holds up nobody else. */
const LOAD_LIMIT_MS = 5000;

/** What loading needs. */
export interface Loading {
  /** Folder of the configuration. */
  readonly root: string;
  /** The system's own clock: a sandbox that runs faster does not load faster. */
  readonly clock: Clock;
  readonly builtIn: readonly Check[];
}

/** The owner's checks, and what their files wrote to the terminal. */
export interface OwnChecks {
  readonly checks: readonly Check[];
  readonly heard: () => readonly { readonly name: string; readonly bytes: number; readonly start: string }[];
  /** sha256 of the files that say what is asked; an answer of other files is about another question. */
  readonly digest: string;
}

export const NO_OWN_CHECKS: OwnChecks = { checks: [], heard: () => [], digest: '' };

type Loaded = { readonly check: Check } | { readonly refused: ReleaseError };

const refusal = (what: string, next: string): ReleaseError =>
  new ReleaseError('E_CHECK_FILE', { what, next, state: 'untouched' });

/** Where a field of the check stands in its file; the beginning of the file when that cannot be seen. */
function placeOf(file: CheckFile, field: string | undefined): string {
  const lines = readSource(file.path).split('\n');
  const pattern =
    field === undefined ? /export default/ : new RegExp(`^\\s*(async\\s+)?['"]?${field}['"]?\\s*[:(,]`);
  const line = lines.findIndex((one) => pattern.test(one));
  const col = (lines[line] ?? '').search(/\S/);
  return sayPlace(file, line < 0 ? { line: 1, col: 1 } : { line: line + 1, col: col + 1 });
}

function refuseShape(file: CheckFile, { field, said }: { readonly field?: string; readonly said: string }) {
  const place = placeOf(file, field);
  return refusal(`${place} is no check: ${said}`, `Correct ${place}, and ask again.`);
}

async function tooLate(file: CheckFile, clock: Clock, signal: AbortSignal): Promise<never> {
  await clock.sleep(LOAD_LIMIT_MS, signal);
  throw refusal(
    `${file.name} was not loaded within ${LOAD_LIMIT_MS / 1000} s.`,
    'Move what it waits for at its top into probe.',
  );
}

async function importInTime(file: CheckFile, listening: Listening, importer: Importer, clock: Clock) {
  const own = new AbortController();
  try {
    const value = runForeign(listening, async () => importer.load(file.path));
    return await Promise.race([value, listening.broken, tooLate(file, clock, own.signal)]);
  } finally {
    own.abort();
  }
}

async function loadFile(
  file: CheckFile,
  listening: Listening,
  importer: Importer,
  clock: Clock,
): Promise<Loaded> {
  if (file.isElsewhere)
    return {
      refused: refusal(
        `${file.name} is a link to a file outside of this folder, or leads nowhere.`,
        'Put the file itself here.',
      ),
    };
  try {
    const value = await importInTime(file, listening, importer, clock);
    const wrong = findSpecProblem(value);
    if (wrong !== undefined) return { refused: refuseShape(file, wrong) };
    return { check: guardCheck(value as Check, { file, listening, importer }) };
  } catch (error) {
    if (isReleaseError(error, 'E_CHECK_FILE')) return { refused: error };
    return { refused: tellError('E_CHECK_FILE', error, 'was not loaded', file, importer) };
  }
}

/** A compiler that is not installed makes every file unknown, and nothing else worse. */
const openImporter = (root: string): Promise<Importer> =>
  makeImporter(root).catch((error: unknown): Importer => {
    const load = () => Promise.reject(error);
    return { load, loaded: () => [], compile: (_, source) => source };
  });

/** Ids are permanent and mean one duty: a built-in check keeps its own, and of two files the first by name. */
function takeId(
  file: CheckFile,
  { id }: Check,
  owners: ReadonlyMap<string, string>,
): ReleaseError | undefined {
  const owner = id.startsWith(`${UNLOADED_ROOM}.`) ? 'files that cannot be loaded' : owners.get(id);
  if (owner === undefined) return undefined;
  return refuseShape(file, { field: 'id', said: `the id ${id} belongs to ${owner}` });
}

function seat(files: readonly CheckFile[], loaded: readonly Loaded[], builtIn: readonly Check[]): Check[] {
  const owners = new Map(builtIn.map(({ id }) => [id, 'a check of the program']));
  const taken = new Set<string>();
  return files.map((file, i) => {
    const one = loaded[i] as Loaded;
    const refused = 'refused' in one ? one.refused : takeId(file, one.check, owners);
    if (refused === undefined && 'check' in one) {
      owners.set(one.check.id, file.name);
      return one.check;
    }
    const id = makeUnloadedId(file, taken);
    taken.add(id);
    return unloadedCheck(file, id, refused as ReleaseError);
  });
}

/**
 * The checks that the runbook's owner keeps beside the configuration. Never throws for a file: one that cannot be loaded
 * becomes a check of its own whose answer is unknown, because what was not asked is no pass.
 */
export async function loadOwnChecks({ root, clock, builtIn }: Loading): Promise<OwnChecks> {
  const files = findCheckFiles(root);
  if (files.length === 0) return NO_OWN_CHECKS;
  const importer = await openImporter(root);
  const ears = files.map((file) => listenTo(file.path));
  const loaded = await Promise.all(
    files.map((file, i) => loadFile(file, ears[i] as Listening, importer, clock)),
  );
  return {
    checks: seat(files, loaded, builtIn),
    digest: digestFiles(root, [...files.map(({ path }) => path), ...importer.loaded()]),
    heard: () => files.map(({ name }, i) => ({ name, ...(ears[i] as Listening).heard() })),
  };
}
