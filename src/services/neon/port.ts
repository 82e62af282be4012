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
  /** Names of branches that hang on this one and would move with a restore. */
  children(env: string): Promise<readonly string[]>;
  /** Puts the branch back; its present state stays reachable under `keepAs`. */
  restore(env: string, target: RestoreTarget, keepAs: string): Promise<void>;
}
