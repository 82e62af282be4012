import type { JsonObject } from './json.ts';
import type { Plan, PlannedStep } from './plan.ts';

/** What is asked of a plan: what it does, for which version, and what it rests on. */
type Planned = Pick<Plan, 'entries' | 'version' | 'basis'>;
type Facts = Readonly<Record<string, JsonObject>>;

/** What nobody has shown of a rollback, and why. */
export interface NotVerified {
  readonly what: string;
  /** A clause, without a full stop. */
  readonly why: string;
}

/** Names of what the record of a rollback shows, and of what it does not. */
export interface Verified {
  readonly shown: readonly string[];
  readonly missing: readonly NotVerified[];
}

/** Undefined: shown. `unneeded`: the application has nothing of the kind. */
type Why = string | undefined | 'unneeded';

const entryOf = ({ entries }: Planned, id: string): PlannedStep | undefined =>
  entries.find((entry): entry is PlannedStep => entry.kind === 'step' && entry.step === id);

const factOf = (plan: Planned, facts: Facts, id: string): JsonObject | undefined => {
  const entry = entryOf(plan, id);
  return entry && facts[entry.name];
};

function whyNoVersion(plan: Planned, facts: Facts): Why {
  if (entryOf(plan, 'host.prove-live') === undefined) return 'no host is configured, so that nobody asked';
  return factOf(plan, facts, 'host.prove-live') ? undefined : 'that it answers is not on record';
}

function whyNoSmoke(plan: Planned, facts: Facts): Why {
  if (entryOf(plan, 'app.smoke-test') === undefined) return 'none are configured';
  return factOf(plan, facts, 'app.smoke-test')?.call === 'go' ? undefined : 'they did not say go';
}

const UNREAD: Readonly<Record<string, string>> = {
  'no database': 'unneeded',
  'left alone': 'left alone and not asked (--db none)',
  'no questions': 'no integrity question is configured',
};

function whyNoDatabase(plan: Planned, facts: Facts): Why {
  const { reads } = plan.basis;
  if (reads === 'no database' || reads === 'left alone') return UNREAD[reads];
  if (entryOf(plan, 'postgres.see-database') === undefined) return 'it was not asked';
  return factOf(plan, facts, 'postgres.see-database')
    ? undefined
    : `it did not answer, or its schema is not that of ${plan.version}`;
}

/** A question that people left out by configuration has no number at all; any other that nobody judged is open. */
const isOpen = ({ state, before = null, now = null }: JsonObject): boolean =>
  state !== 'ok' && !(state === 'not-judged' && before === null && now === null);

/** What was counted, of all that there is to count. */
function whyNotCounted(counted: JsonObject | undefined): Why {
  const answers = (counted?.data ?? []) as readonly JsonObject[];
  const isCounted = typeof counted?.checked === 'number' && counted.checked > 0;
  if (!isCounted || answers.length === 0)
    return 'whether rows are missing could not be counted: release smoke asks again';
  const open = answers.filter(isOpen);
  return open.length === 0 ? undefined : `not judged: ${open.map(({ title }) => title).join(', ')}`;
}

function whyNoData(plan: Planned, facts: Facts): Why {
  if (entryOf(plan, 'postgres.check-integrity') !== undefined)
    return whyNotCounted(factOf(plan, facts, 'postgres.check-integrity'));
  const restore = entryOf(plan, 'neon.restore')?.input as JsonObject | undefined;
  if (restore !== undefined)
    return `restored to ${restore.lsn}, and not compared with how it was then: release rollback --reconcile shows what it took`;
  return UNREAD[String(plan.basis.reads)] ?? 'it was not asked';
}

const UNSIGNED: Readonly<Record<string, string>> = {
  none: 'unneeded',
  'no secret': 'no signed event was sent: stripe.webhookSecret is not configured',
};

function whyNoWebhook(plan: Planned, facts: Facts): Why {
  if (entryOf(plan, 'stripe.prove-webhooks') === undefined)
    return UNSIGNED[String(plan.basis.payments)] ?? 'no signed event was sent';
  return factOf(plan, facts, 'stripe.prove-webhooks')
    ? undefined
    : 'it was not seen to take a signed event and to refuse an unsigned one';
}

const QUESTIONS: readonly (readonly [string, (plan: Planned, facts: Facts) => Why])[] = [
  ['version', whyNoVersion],
  ['smoke tests', whyNoSmoke],
  ['database', whyNoDatabase],
  ['data', whyNoData],
  ['Stripe webhook', whyNoWebhook],
];

/**
 * What the record of a rollback shows, by the facts that its steps left (RBV rows). What was not asked, or had no answer,
 * is never taken for good; what the application does not have is not asked for.
 */
export function judgeVerified(plan: Planned, facts: Facts): Verified {
  const answers = QUESTIONS.map(([what, why]) => ({ what, why: why(plan, facts) }));
  const shown = answers.filter(({ why }) => why === undefined).map(({ what }) => what);
  const missing = answers.flatMap(({ what, why }) =>
    why === undefined || why === 'unneeded' ? [] : [{ what, why }],
  );
  return { shown, missing };
}
