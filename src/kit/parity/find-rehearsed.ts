import type { Catalogue } from '../../domain/catalogue.ts';
import { findTold, type RehearsalFacts } from '../../domain/rehearsal-facts.ts';
import { digestOf } from '../../ledger/digest.ts';
import type { ArchivePort } from '../../services/archive/port.ts';
import { fingerprintOf } from '../catalogue.ts';
import type { Facts } from '../check.ts';
import { findSchema } from '../kept-schema.ts';

/** The schema in question: of `env`, with `commit` to come, as it is `now`. */
interface Wanted {
  readonly env: string;
  readonly commit: string;
  readonly now: Catalogue;
}

/**
 * The schema that a rehearsal of exactly this commit came to, begun with exactly the schema that is there now; undefined
 * where there is none, or where it was kept on another machine.
 */
export async function findRehearsed(
  archive: ArchivePort,
  facts: Facts,
  { env, commit, now }: Wanted,
): Promise<Catalogue | undefined> {
  const told = facts.rehearsals as unknown as RehearsalFacts | undefined;
  if (told === undefined) return undefined;
  const digest = digestOf([...told.ground, commit]);
  const record = findTold(told, digest, fingerprintOf(now));
  const found = record && (await findSchema(archive, env, record.after));
  return found && { ...found, ...(now.roles === undefined ? {} : { roles: now.roles }) };
}
