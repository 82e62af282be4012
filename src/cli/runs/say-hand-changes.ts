import { compareCatalogues } from '../../domain/catalogue.ts';
import { isReleaseError } from '../../domain/failure.ts';
import { sayStrays } from '../../domain/say-strays.ts';
import { findSchema } from '../../kit.ts';
import type { RunState } from '../../ledger/fold.ts';
import type { Wired } from '../wired.ts';

const hasBegun = ({ entries }: RunState): boolean =>
  Object.keys(entries).some((name) => name.startsWith('migrate:'));

/**
 * The schema that the run left behind, by its own record. While its migrations are half way nobody knows that by the
 * record alone; the comparison behind them will tell.
 */
function leftBehind(state: RunState): string | undefined {
  const { 'schema-before': before, 'schema-after': after } = state.facts;
  const last = after ?? (hasBegun(state) ? undefined : before);
  return typeof last?.fingerprint === 'string' ? last.fingerprint : undefined;
}

/**
 * One line about what another hand did to the schema while the run was interrupted; nothing where it is as the run left
 * it. What keeps that from being known is said, too, and holds nothing up: the run's own steps look again.
 */
export async function sayHandChanges(
  state: RunState,
  { services: { archive, postgres }, env, configured }: Pick<Wired, 'services' | 'env' | 'configured'>,
): Promise<readonly string[]> {
  const fingerprint = leftBehind(state);
  if (fingerprint === undefined || !configured.has('postgres')) return [];
  try {
    const kept = await findSchema(archive, env, fingerprint);
    if (kept === undefined)
      return ['  ▲ The schema that this run left is not kept on this machine; nothing was compared.'];
    const strays = compareCatalogues(await postgres.catalogue(env), kept);
    if (strays.length === 0) return [];
    const said = sayStrays(strays, undefined, env, 'what this run left');
    return [
      `  ▲ Somebody changed the schema while this run was interrupted: ${said}.`,
      ...sayWhatFollows(state),
    ];
  } catch (error) {
    if (!isReleaseError(error)) throw error;
    return [`  ▲ Whether the schema is as this run left it is not known: ${error.text.what}`];
  }
}

const sayWhatFollows = ({ facts }: RunState): readonly string[] =>
  facts['schema-after'] === undefined
    ? ['    It is compared again after the migrations, before anything is published.']
    : ['    It is not a part of this release; release drift reports it.'];
