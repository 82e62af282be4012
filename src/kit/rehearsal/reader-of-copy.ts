import type { DatabaseCopy } from '../../services/postgres/port.ts';
import type { IntegrityReader } from '../integrity/read-baseline.ts';

/** The questions of the integrity queries, put to a copy. */
export const readerOfCopy = (copy: DatabaseCopy): IntegrityReader => ({
  number: (sql) => copy.readNumber(sql),
  references: () => copy.references(),
});
