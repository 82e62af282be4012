import type { JsonObject } from '../../domain/json.ts';
import { plural } from '../../domain/plural.ts';

type Facts = Readonly<Record<string, JsonObject>>;
type Said = string | undefined;

interface SmokeSeen {
  readonly endpoints: readonly { readonly endpoint: string; readonly state: string }[];
  readonly requests: number;
  readonly cleanup: { readonly left: readonly string[] };
}

function saySmoke({ smoke }: Facts): Said {
  if (smoke === undefined) return undefined;
  const { endpoints, requests, cleanup } = smoke as unknown as SmokeSeen;
  // Whoever may push to the ledger may write any shape (T37).
  if (!Array.isArray(endpoints) || !Array.isArray(cleanup?.left)) return undefined;
  const asked = endpoints.filter((one) => one.state !== 'skip');
  const good = asked.filter((one) => one.state === 'pass' || one.state === 'close');
  const out = endpoints.filter((one) => one.state === 'skip').map(({ endpoint }) => endpoint);
  const notAsked = out.length > 0 ? ` · left out, not proven: ${out.join(', ')}` : '';
  const left = cleanup.left.length > 0 ? ` · left behind: ${cleanup.left.join(', ')}` : '';
  return `smoke ${good.length}/${asked.length} endpoints, ${plural(requests, 'request')}${notAsked}${left}`;
}

function sayMigrations(facts: Facts): Said {
  const named = (field: string): string[] =>
    Object.values(facts).flatMap((fact) => (typeof fact[field] === 'string' ? [fact[field]] : []));
  const [applied, reverted] = [named('applied'), named('reverted')];
  if (applied.length > 0) return `database: ${applied.join(', ')} applied`;
  return reverted.length > 0 ? `database: ${reverted.join(', ')} taken back` : undefined;
}

const sayBackup = ({ backup }: Facts): Said =>
  backup === undefined ? undefined : `backup ${backup.name} at ${backup.at}`;

const saySchema = (facts: Facts): Said =>
  facts['schema-before'] && `schema before it: ${facts['schema-before'].file}`;

const sayProven = ({ 'schema-after': proof }: Facts): Said =>
  typeof proof?.said === 'string' ? proof.said : undefined;

const sayRestore = (facts: Facts): Said =>
  facts['restore-database'] &&
  `database restored; what it took, from ${facts['restore-database'].keptAs}: release rollback --reconcile`;

/** RBX-4A3, E-46: only where it moved, or where nobody knows whether it did. */
const sayEndpoint = ({ 'endpoint-after': seen }: Facts): Said => {
  if (seen?.before === undefined) return undefined;
  const { host, before, secrets } = seen as { host: string; before: string; secrets: readonly string[] };
  const named = secrets.join(' and ') || 'the address of the database';
  return before === ''
    ? `not known: whether ${host}, which serves the database now, served it before the restore. Compare it with the host in ${named}`
    : `CHANGE ${named}: ${host} serves the database now, and no longer ${before}. Put the new host into it (a pooled address keeps its -pooler), where the application runs and where release runs; then publish again`;
};

/** Events of the time in which an endpoint was disabled are lost unless somebody sends them once more (E-83). */
const sayWindow = (facts: Facts): Said =>
  facts['webhooks-off'] &&
  `Stripe was silent from ${facts['webhooks-off'].at} on; what it would have told: release rollback --replay-events`;

const sayProof = (facts: Facts): Said =>
  facts['prove-live'] &&
  `${facts['prove-live'].version} answered ${facts['prove-live'].answers} times in a row`;

/** What users and operators must know first when a run ended on the way. */
const sayHeld = (facts: Facts): Said => {
  const isLocked = facts['maintenance-on'] !== undefined && facts['maintenance-off'] === undefined;
  const isPaused = facts['pause-jobs'] !== undefined && facts['resume-jobs'] === undefined;
  const isDeaf = facts['webhooks-off'] !== undefined && !facts['webhooks-on'] && !facts['webhooks-open'];
  const isAway = facts['traffic-away'] !== undefined && facts['traffic-normal'] === undefined;
  const held = [
    ...(isLocked ? ['MAINTENANCE IS ON: users are locked out'] : []),
    ...(isAway ? ['USERS ARE SENT TO THE STATUS PAGE'] : []),
    ...(isPaused ? ['background jobs are paused'] : []),
    ...(isDeaf ? ['Stripe delivers nothing: its webhook is disabled'] : []),
  ];
  return held.length === 0 ? undefined : held.join(' · ');
};

/**
 * Facts of a run that are worth a line each at its end; nothing is said that no step has recorded. What a run that was
 * taken over had held back may be let go by now: that is its successor's to tell.
 */
export const sayFacts = (facts: Facts, { isTakenOver = false } = {}): readonly string[] =>
  [
    ...(isTakenOver ? [] : [sayHeld, sayWindow]),
    sayEndpoint,
    sayProof,
    saySmoke,
    sayMigrations,
    sayProven,
    saySchema,
    sayRestore,
    sayBackup,
  ].flatMap((say) => say(facts) ?? []);
