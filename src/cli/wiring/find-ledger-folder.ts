import { resolve } from 'node:path';
import type { Environment } from '../../config/schema/index.ts';

/** Folder of the file store, and of what lies beside a ledger on this machine whatever its store is. */
export const findLedgerFolder = ({
  environment,
  root,
}: {
  readonly environment: Environment;
  /** Folder of the configuration file. */
  readonly root: string;
}): string => resolve(root, environment.ledger.folder);
