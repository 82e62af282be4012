import { type FailureCode, ReleaseError, type StateAfter } from '../../../src/domain/failure.ts';
import type {
  BackupBranch,
  DatabasePlace,
  NeonCapacity,
  NeonPort,
  RestoreTarget,
  TrialBranch,
  TrialOrder,
} from '../../../src/services/neon/port.ts';

interface MemoryRow {
  /** Position in the log, and moment. */
  readonly position: number;
  readonly at: number;
  readonly text: string;
}

interface MemoryBranch {
  readonly id: string;
  name: string;
  parent: string | undefined;
  readonly createdAt: string;
  rows: readonly MemoryRow[];
  hasCompute: boolean;
}

/** What happens to the next change. `lost`: it is made, its answer does not arrive and nothing is found in time. */
type MemoryNeonFault = 'refused' | 'lost' | Error;

const HOUR = 3_600_000;

const failure = (code: FailureCode, state: StateAfter): ReleaseError =>
  new ReleaseError(code, { what: 'Neon answered no (memory).', next: 'Look at it, then resume.', state });

const toBackup = ({ id, name, createdAt }: MemoryBranch): BackupBranch => ({
  id,
  name,
  createdAt,
  ready: true,
});

/** Neon in memory, with a database of one table. It passes the contract of the real adapter. */
export class MemoryNeon implements NeonPort {
  readonly branches: MemoryBranch[] = [];
  private readonly targets: Readonly<Record<string, string>>;
  private readonly now: () => Date;
  private readonly hours: number;
  private fault: MemoryNeonFault | undefined;
  private log = 0;
  private made = 0;

  /** `targets`: the branch of each environment that has Neon. The first one is there from the start. */
  constructor(targets: Readonly<Record<string, string>>, now: () => Date, hours = 24) {
    this.targets = targets;
    this.now = now;
    this.hours = hours;
    this.plant(Object.values(targets)[0] ?? 'production', undefined, []);
  }

  failNext(fault: MemoryNeonFault): void {
    this.fault = fault;
  }

  /** Writes a row into the live database of an environment. */
  write(env: string, text: string): void {
    this.log += 1;
    const branch = this.targetOf(env);
    branch.rows = [...branch.rows, { position: this.log, at: this.now().getTime(), text }];
  }

  read(env: string): readonly string[] {
    return this.targetOf(env).rows.map(({ text }) => text);
  }

  /** How far the log is, spelled like PostgreSQL's. */
  position(): string {
    return `0/${this.log.toString(16).toUpperCase()}`;
  }

  readAt(url: string): readonly string[] {
    const branch = this.branches.find(({ id }) => url === `memory://${id}`);
    if (branch?.hasCompute !== true) throw new Error(`nobody answers at ${url}`);
    return branch.rows.map(({ text }) => text);
  }

  async retentionHours(env: string): Promise<number> {
    this.targetOf(env);
    return this.hours;
  }

  async capacity(env: string): Promise<NeonCapacity> {
    this.targetOf(env);
    return { branches: this.branches.length, branchLimit: 10 };
  }

  async place(env: string): Promise<DatabasePlace> {
    return { host: this.targetOf(env).id, port: 5432, database: 'rur2' };
  }

  async createBackup(env: string, name: string): Promise<BackupBranch> {
    const parent = this.targetOf(env);
    const known = this.byName(name);
    if (known !== undefined) return toBackup(known);
    return this.change(() => toBackup(this.plant(name, parent.id, parent.rows)));
  }

  async findBackup(env: string, name: string): Promise<BackupBranch | undefined> {
    this.targetOf(env);
    const found = this.byName(name);
    return found && toBackup(found);
  }

  async deleteBackup(env: string, id: string): Promise<void> {
    const branch = this.branches.find((one) => one.id === id);
    if (branch === undefined) return;
    this.refuseInUse(env, branch);
    this.change(() => this.branches.splice(this.branches.indexOf(branch), 1));
  }

  async withOpenBackup<T>(env: string, id: string, read: (url: string) => Promise<T>): Promise<T> {
    const branch = this.branches.find((one) => one.id === id);
    if (branch === undefined) throw failure('E_NEON_REFUSED', 'untouched');
    this.refuseInUse(env, branch);
    branch.hasCompute = true;
    try {
      return await read(`memory://${id}`);
    } finally {
      branch.hasCompute = false;
    }
  }

  async branchesNamed(env: string, prefix: string): Promise<readonly BackupBranch[]> {
    this.targetOf(env);
    return this.branches.filter(({ name }) => name.startsWith(prefix)).map(toBackup);
  }

  async withTrialBranch<T>(
    env: string,
    { name, signal }: TrialOrder,
    use: (url: string, trial: TrialBranch) => Promise<T>,
  ): Promise<T> {
    signal.throwIfAborted();
    const { id } = await this.createBackup(env, name);
    try {
      signal.throwIfAborted();
      return await this.withOpenBackup(env, id, (url) =>
        use(url, { restoreTo: async (lsn) => this.putBack(env, id, lsn) }),
      );
    } finally {
      await this.deleteBackup(env, id);
    }
  }

  private putBack(env: string, id: string, lsn: string): void {
    const branch = this.branches.find((one) => one.id === id);
    const position = Number.parseInt(lsn.split('/')[1] ?? '', 16);
    if (branch === undefined || Number.isNaN(position)) throw failure('E_NEON_REFUSED', 'untouched');
    const { rows } = this.targetOf(env);
    this.change(() => {
      branch.rows = rows.filter((row) => row.position <= position);
    });
  }

  async children(env: string): Promise<readonly string[]> {
    const own = this.targetOf(env);
    return this.branches.filter(({ parent }) => parent === own.id).map(({ name }) => name);
  }

  async restore(env: string, target: RestoreTarget, keepAs: string): Promise<void> {
    const branch = this.targetOf(env);
    if (keepAs.trim() === '') throw failure('E_RESTORE_REFUSED', 'untouched');
    const isKept = this.readTarget(target);
    if (this.byName(keepAs) !== undefined) throw failure('E_RESTORE_NAME_TAKEN', 'untouched');
    this.change(() => {
      const kept = this.plant(keepAs, undefined, branch.rows);
      for (const child of this.branches) if (child.parent === branch.id) child.parent = kept.id;
      branch.rows = branch.rows.filter(isKept);
    });
  }

  async awaitRestore(env: string, keepAs: string): Promise<boolean> {
    this.targetOf(env);
    return this.byName(keepAs) !== undefined;
  }

  /** Which rows were there at the target. */
  private readTarget(target: RestoreTarget): (row: MemoryRow) => boolean {
    if ('lsn' in target) {
      const end = Number.parseInt(target.lsn.replace(/^0\//, ''), 16);
      return ({ position }) => position <= end;
    }
    const moment = Date.parse(target.at);
    const age = this.now().getTime() - moment;
    if (Number.isNaN(age) || age < 0) throw failure('E_RESTORE_REFUSED', 'untouched');
    if (age > this.hours * HOUR) throw failure('E_RESTORE_TOO_OLD', 'untouched');
    return ({ at }) => at <= moment;
  }

  private change<T>(effect: () => T): T {
    const fault = this.fault;
    this.fault = undefined;
    if (fault instanceof Error) throw fault;
    if (fault === 'refused') throw failure('E_NEON_REFUSED', 'untouched');
    const done = effect();
    if (fault === 'lost') throw failure('E_NEON_UNREACHABLE', 'unclear');
    return done;
  }

  private plant(name: string, parent: string | undefined, rows: readonly MemoryRow[]): MemoryBranch {
    this.made += 1;
    const createdAt = this.now().toISOString();
    const branch = { id: `br-memory-${this.made}`, name, parent, createdAt, rows, hasCompute: false };
    this.branches.push(branch);
    return branch;
  }

  private byName(name: string): MemoryBranch | undefined {
    return this.branches.find((one) => one.name === name);
  }

  private targetOf(env: string): MemoryBranch {
    const target = this.targets[env];
    if (target === undefined) throw failure('E_NOT_CONFIGURED', 'untouched');
    const branch = this.byName(target);
    if (branch === undefined) throw failure('E_NEON_BRANCH', 'untouched');
    return branch;
  }

  private refuseInUse(env: string, branch: MemoryBranch): void {
    if (branch === this.targetOf(env)) throw failure('E_NEON_BRANCH', 'untouched');
  }
}
