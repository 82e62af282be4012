import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ReleaseError } from '../../domain/failure.ts';
import { askServer, type Row } from './ask-server.ts';
import { takeCopy } from './copy-running.ts';
import { canReach, findServerUser, giveTo } from './drop-privileges.ts';
import { findBinaries } from './find-binaries.ts';
import { archiveIn, archiveSettings, emptyArchive, type RecoveryTarget } from './log-archive.ts';
import { recoverData } from './recover-data.ts';
import { initData } from './run-server.ts';
import { openServer, type Place, type RunningServer } from './server.ts';

export type { Row } from './ask-server.ts';
export type { RecoveryTarget } from './log-archive.ts';

/** A real PostgreSQL of the sandbox that can be copied and taken back, as a branching provider does it. */
export interface Cluster {
  readonly port: number;
  /** Holds the data, the password and, with an archive, the kept log. */
  readonly folder: string;
  /** Address of a database with the password in it. All roles share one password. Default: the superuser. */
  url(database: string, role?: string): string;
  /** Rows of the statement, in a session of its own; of the last one when there are several. */
  query(database: string, sql: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** A folder for `startCluster({ existing: true })` with the data of this moment; this server runs on. */
  copyTo(folder: string): Promise<void>;
  /**
   * A folder with the data as they were at the target, from the kept log; this server runs on. Throws
   * E_POSTGRES_START when the target lies before the archive's beginning or in the future. Needs `archive`.
   */
  recoverTo(folder: string, target: RecoveryTarget): Promise<void>;
  /**
   * Stops, moves the present data to `keepAs`, takes those of `folder` and starts again on the same port. Open
   * sessions are cut (57P01). A kept log begins anew: later targets can be reached, earlier ones no more.
   */
  swapIn(folder: string, keepAs: string): Promise<void>;
  stop(): Promise<void>;
}

export interface ClusterOptions {
  /** Must be passable for the server's user; `makeReachableFolder` makes one. */
  readonly folder: string;
  readonly port?: number;
  /** Data that a copy, a recovery or an earlier cluster left there; otherwise new ones are made. */
  readonly existing?: boolean;
  /** Keeps the log, so that `recoverTo` works. */
  readonly archive?: boolean;
  /** Forces every commit to the disk, as a server does that is to survive; for figures that mean something. */
  readonly durable?: boolean;
}

const dataIn = (folder: string): string => join(folder, 'data');
const passwordIn = (folder: string): string => join(folder, 'password');

const unusable = (folder: string, why: string): ReleaseError =>
  new ReleaseError('E_POSTGRES_START', {
    what: `${folder} cannot hold a PostgreSQL of the sandbox.`,
    why,
    next: 'Choose another folder.',
    state: 'untouched',
  });

/** Starts a PostgreSQL that ends with this process, whatever ends it. Throws E_NO_POSTGRES, E_POSTGRES_START. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { folder, existing = false, archive = false } = options;
  const place = await prepare(folder, existing);
  const kept = archiveIn(folder);
  if (archive) emptyArchive(kept, place.user);
  const server = await openServer(place, dataIn(folder), {
    ...(options.port === undefined ? {} : { port: options.port }),
    settings: {
      ...(archive ? archiveSettings(kept) : {}),
      ...(options.durable ? { fsync: 'on' } : {}),
    },
  });
  const cluster = new RunningCluster(place, server, archive);
  if (archive) await cluster.beginHistory();
  return cluster;
}

/** Checks the folder and makes data in it when they are not there yet. */
async function prepare(folder: string, existing: boolean): Promise<Place> {
  if (existsSync(dataIn(folder)) !== existing)
    throw unusable(folder, existing ? 'It has no data.' : 'It has data already.');
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const user = findServerUser();
  if (!canReach(user, dataIn(folder)))
    throw unusable(
      folder,
      'PostgreSQL does not run as root, and no other user can pass through the folders above.',
    );
  const binaries = findBinaries(join(dirname(folder), '.postgres'), user);
  const place = { folder, user, binaries };
  if (existing) return { ...place, password: readFileSync(passwordIn(folder), 'utf8') };
  const password = `sandboxCanary${randomBytes(12).toString('hex')}`;
  writePassword(place, folder, password);
  giveTo(user, folder);
  await initData(binaries, dataIn(folder), passwordIn(folder), user);
  return { ...place, password };
}

function writePassword({ user }: Pick<Place, 'user'>, folder: string, password: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  writeFileSync(passwordIn(folder), password, { mode: 0o600 });
  giveTo(user, passwordIn(folder));
}

class RunningCluster implements Cluster {
  readonly #place: Place;
  readonly #archives: boolean;
  #server: RunningServer;

  constructor(place: Place, server: RunningServer, archives: boolean) {
    this.#place = place;
    this.#server = server;
    this.#archives = archives;
  }

  get folder(): string {
    return this.#place.folder;
  }

  get port(): number {
    return this.#server.port;
  }

  url(database: string, role = 'release'): string {
    return `postgres://${role}:${this.#place.password}@127.0.0.1:${this.port}/${database}`;
  }

  query(database: string, sql: string, values?: readonly unknown[]): Promise<readonly Row[]> {
    return askServer(this.url(database), sql, values);
  }

  async copyTo(folder: string): Promise<void> {
    writePassword(this.#place, folder, this.#place.password);
    await takeCopy(this.url('postgres'), dataIn(this.folder), dataIn(folder), this.#place.user);
  }

  async recoverTo(folder: string, target: RecoveryTarget): Promise<void> {
    writePassword(this.#place, folder, this.#place.password);
    await recoverData(this.#place, this.url('postgres'), dataIn(folder), target);
  }

  async swapIn(folder: string, keepAs: string): Promise<void> {
    const { port } = this;
    await this.stop();
    writePassword(this.#place, keepAs, this.#place.password);
    renameSync(dataIn(this.folder), dataIn(keepAs));
    renameSync(dataIn(folder), dataIn(this.folder));
    const kept = archiveIn(this.folder);
    if (this.#archives) emptyArchive(kept, this.#place.user);
    const settings = this.#archives ? archiveSettings(kept) : {};
    this.#server = await openServer(this.#place, dataIn(this.folder), { port, settings });
    if (this.#archives) await this.beginHistory();
  }

  /** Takes the base copy from which every later moment can be reached. */
  async beginHistory(): Promise<void> {
    const { base } = archiveIn(this.folder);
    await takeCopy(this.url('postgres'), dataIn(this.folder), base, this.#place.user);
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }
}
