/** Files that belong to the record of an environment and are too large for it: they lie beside its ledger. */
export interface ArchivePort {
  /** Where a file lies, for people: below the folder of the configuration, as far as it is there. */
  placeOf(env: string, name: string): string;
  /** Writes a file whole and forces it to the disk; an earlier one of this name is replaced. Throws E_ARCHIVE. */
  write(env: string, name: string, text: string): Promise<void>;
  /** Its text; undefined when there is none, as on another machine. Throws E_ARCHIVE. */
  read(env: string, name: string): Promise<string | undefined>;
}
