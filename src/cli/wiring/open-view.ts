import { findEnvironment } from '../../config/find-environment.ts';
import type { RecordView } from '../../ledger/record-view.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';
import { findLedgerFolder } from './find-ledger-folder.ts';
import { layGround } from './lay-ground.ts';
import type { LedgerPlace } from './open-ledger.ts';
import { type RecordMemory, rememberRecord } from './remember-record.ts';

/** What a look at the past needs of one environment: its record, and nothing by which anything could be changed. */
export interface Viewed
  extends Pick<Wired, 'runbook' | 'root' | 'env' | 'environment' | 'scope' | 'clock' | 'close'> {
  readonly record: RecordView;
  /** What was proven of it before; left out where a store is proven as a whole each time. */
  readonly memory?: RecordMemory;
}

export type OpenView = (context: CliContext) => Promise<Viewed>;

type Place = Omit<LedgerPlace, 'git'> & Pick<Viewed, 'scope'>;

async function openFile(context: CliContext, place: Place): Promise<RecordView> {
  const { viewFile } = await import('../../ledger/file/file-view.ts');
  return viewFile(findLedgerFolder(place), place.scope, context.clock);
}

async function readGitOptions({ runbook, root }: Place): Promise<LedgerPlace['git']> {
  const [{ gitOptionsOf }, { makeShell }] = await Promise.all([
    import('./git-options.ts'),
    import('../../services/shell/real.ts'),
  ]);
  return gitOptionsOf(runbook, root, makeShell(root));
}

async function openGit(place: Place): Promise<RecordView> {
  const [{ viewGit }, { makeRefChain }] = await Promise.all([
    import('../../ledger/git/git-view.ts'),
    import('../../services/git/ref-chain.ts'),
  ]);
  const prefix = place.environment.ledger.refs;
  return viewGit(makeRefChain(await readGitOptions(place), { prefix }), place.scope);
}

async function openWhole(context: CliContext, place: Place): Promise<RecordView> {
  const [{ openLedger }, { viewWhole }] = await Promise.all([
    import('./open-ledger.ts'),
    import('../../ledger/record-view.ts'),
  ]);
  return viewWhole(await openLedger(context, { ...place, git: await readGitOptions(place) }), place.scope);
}

const OPENERS = { file: openFile, git: (_: CliContext, place: Place) => openGit(place), postgres: openWhole };

/** Which record it is, on this machine: another place has another memory. */
function nameRecord({ environment, root, runbook, scope }: Place): readonly string[] {
  const { store, refs } = environment.ledger;
  const where = store === 'git' ? [runbook.source.remote, refs] : [findLedgerFolder({ environment, root })];
  return [store, root, scope, ...where];
}

/** Opens one environment's record for a look. Throws only what is wrong before anything is asked of the world. */
export const openView: OpenView = async (context) => {
  const { loaded, secrets, env, clock } = await layGround(context);
  const { runbook, root } = loaded;
  const environment = findEnvironment(loaded, env);
  const closers: (() => Promise<void>)[] = [];
  const base = { runbook, root, env, environment, scope: `${runbook.service}/${env}`, clock };
  const place: Place = { ...base, secrets, atEnd: (close) => void closers.push(close) };
  const { store } = environment.ledger;
  // A server could hold another record tomorrow under the same address, and has no name for a place in one.
  const memory = store === 'postgres' ? undefined : rememberRecord(context.env, nameRecord(place));
  return {
    ...base,
    record: { since: async (known) => (await OPENERS[store](context, place)).since(known) },
    ...(memory ? { memory } : {}),
    close: async () => {
      await Promise.all(closers.map((close) => close()));
    },
  };
};
