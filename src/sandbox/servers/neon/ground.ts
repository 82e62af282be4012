/** Where a restore goes back to. */
export type PastPoint = { readonly lsn: string } | { readonly at: string };

/** What the stand-in needs of a running PostgreSQL; the sandbox's cluster is one. */
export interface BranchCluster {
  url(database: string, role?: string): string;
  query(
    database: string,
    sql: string,
    values?: readonly unknown[],
  ): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** A folder with the data of this moment, not started; this one runs on. */
  copyTo(folder: string): Promise<void>;
  /** A folder with the data as they were then, not started; this one runs on. */
  recoverTo(folder: string, target: PastPoint): Promise<void>;
  /** Other data in the place of the present ones, which move to `keepAs`. Sessions are cut, the address stays. */
  swapIn(folder: string, keepAs: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a server on a folder that one of the above made. */
export type OpenCluster = (folder: string) => Promise<BranchCluster>;
