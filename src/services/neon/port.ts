/** A branch of the database that keeps an earlier state. */
export interface BackupBranch {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly ready: boolean;
}

/** Where to go back to: a position in the log, or a moment. */
export type RestoreTarget = { readonly lsn: string } | { readonly at: string };

/** Where a database answers; a pooler in front of it is left out. */
export interface DatabasePlace {
  readonly host: string;
  readonly port: number;
  readonly database: string;
}

/** Room that is left in the project; what the plan does not tell is missing. */
export interface NeonCapacity {
  readonly branches: number;
  readonly branchLimit?: number;
  /** Size of the environment's branch, and how large the plan lets it grow. */
  readonly sizeBytes?: number;
  readonly sizeLimitBytes?: number;
  /** When Neon will restart computes for its own maintenance (ISO). */
  readonly maintenanceAt?: string;
}

/** A branch that lives as long as something is tried out on it. */
export interface TrialOrder {
  readonly name: string;
  /** Role that is to connect; empty: the configured one. */
  readonly role: string;
  /** When Neon may delete the branch by itself (ISO 8601), should we not come to it. Not every project can do that. */
  readonly expiresAt: string;
  /** When it aborts, nothing new is begun; the branch is deleted all the same. */
  readonly signal: AbortSignal;
}

/** A branch that something is tried out on. */
export interface TrialBranch {
  /**
   * Puts the branch, and nothing else, to where the environment's own was at a position of its log. Its address stays,
   * its sessions are cut. Throws E_RESTORE_REFUSED, E_NEON_*.
   */
  restoreTo(lsn: string): Promise<void>;
}

/** Neon, in the runbook's words. Every call waits until the provider says it is finished. */
export interface NeonPort {
  /** How far back a restore can reach, in hours (E-44: read, never assumed). */
  retentionHours(env: string): Promise<number>;
  /** Where the environment's branch answers: the database that backups are made of and that a restore puts back. */
  place(env: string): Promise<DatabasePlace>;
  capacity(env: string): Promise<NeonCapacity>;
  createBackup(env: string, name: string): Promise<BackupBranch>;
  findBackup(env: string, name: string): Promise<BackupBranch | undefined>;
  deleteBackup(env: string, id: string): Promise<void>;
  /** Opens the branch for reading, hands its connection string to `read`, and closes it again. */
  withOpenBackup<T>(env: string, id: string, read: (url: string) => Promise<T>): Promise<T>;
  /** Branches of the project whose name begins like this. */
  branchesNamed(env: string, prefix: string): Promise<readonly BackupBranch[]>;
  /**
   * Makes a branch of the environment's present state, hands its direct connection string to `use`, and deletes it,
   * whatever happened. A branch that cannot be deleted is told only when `use` went well.
   */
  withTrialBranch<T>(
    env: string,
    order: TrialOrder,
    use: (url: string, trial: TrialBranch) => Promise<T>,
  ): Promise<T>;
  /** Names of branches that hang on this one and would move with a restore. */
  children(env: string): Promise<readonly string[]>;
  /** Puts the branch back; its present state stays reachable under `keepAs`. */
  restore(env: string, target: RestoreTarget, keepAs: string): Promise<void>;
  /** Waits for the end of the restore that keeps the state before under this name; false when there was none. */
  awaitRestore(env: string, keepAs: string): Promise<boolean>;
}
