import type { RestorePoint } from '../../services/postgres/port.ts';

/** A restore point, and how far it can be trusted. */
export interface FoundPoint {
  readonly point: RestorePoint;
  /** Where it was read, so that the person who agrees knows. */
  readonly source: string;
  /** False where others than this program can write: then a person is asked. */
  readonly isFromLedger: boolean;
}
