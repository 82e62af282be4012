import type { DriftArea } from '../../domain/drift/drift-state.ts';
import type { PostgresPort } from '../../services/postgres/port.ts';
import { describeSchema } from './describe-schema.ts';

/** Every object of the schema by kind and name: a hash of its definition, and what it belongs to. */
export const readSchema = async (
  postgres: Pick<PostgresPort, 'catalogue'>,
  env: string,
): Promise<DriftArea> => describeSchema(await postgres.catalogue(env));
