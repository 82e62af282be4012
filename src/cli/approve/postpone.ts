import type { DecisionState } from '../../domain/approvals/judge-decision.ts';
import type { Moment } from '../../domain/moment.ts';
import { channelsOf } from '../../plans/channels-of.ts';
import { sayNo } from '../approvals/say-no.ts';
import { sendToChannels } from '../messages/send-to-channels.ts';
import { findSlot, type NextSlot } from '../preflight/find-slot.ts';
import type { Wired } from '../wired.ts';
import type { DecisionAtHand } from './decision-at-hand.ts';

const TEMPLATE = 'no-go';

/** Where a NO-GO puts the release, and what is to be said of telling people so. */
export interface Postponed {
  readonly slot?: NextSlot;
  readonly told: readonly string[];
  readonly warnings: readonly string[];
}

interface Said {
  readonly decision: DecisionAtHand;
  readonly reason: string;
  readonly names: string;
  readonly slot: NextSlot | undefined;
  readonly run: string;
}

function momentOf({ decision, reason, names, slot, run }: Said, { env, runbook, clock }: Wired): Moment {
  const { version, evidence } = decision;
  const plan = {
    command: 'deploy',
    service: runbook.service,
    env,
    version,
    from: '',
    entries: [],
    basis: {},
    digest: '',
  };
  return {
    ...{
      run,
      env,
      facts: {},
      now: clock.now().toISOString(),
      step: TEMPLATE,
      canThread: false,
      repeated: false,
    },
    plan: plan as unknown as Moment['plan'],
    notes: {
      reason,
      decided_by: names,
      next_date: slot?.said ?? null,
      findings: (evidence?.items ?? [])
        .filter(({ says }) => /^(fail|unknown|warn)/.test(says))
        .map(({ key, says }) => `${key}: ${says}`),
    },
  };
}

/** Of all who say no, the first one tells: the ledger keeps the first entry of an id. */
async function isOurs(id: string, version: string, { ledger, scope }: Wired): Promise<boolean> {
  const name = TEMPLATE;
  const known = (await ledger.read(scope)).some((event) => event.id === id);
  if (known) return false;
  await ledger.note(scope, { id, run: id, type: 'watch.telling', data: { version, name } });
  return true;
}

/**
 * Puts the release off after a NO-GO of decision 1 (DAY-15, DP-1c): the next slot, and one message, by the first who says no. Undefined where
 * nobody does. A channel that is not reached is a warning.
 */
export async function postpone(
  decision: DecisionAtHand,
  { before, state }: { readonly before: DecisionState; readonly state: DecisionState },
  wired: Wired,
): Promise<Postponed | undefined> {
  const reason = sayNo(state, 1, wired);
  const [first] = state.noGo;
  if (decision.point !== 1 || reason === undefined || first === undefined) return undefined;
  const slot = findSlot({ call: 'no-go', because: [] }, wired);
  const when = slot === undefined ? {} : { slot };
  if (before.noGo.length > 0) return { ...when, told: [], warnings: [] };
  const channels = wired.configured.has('slack') ? channelsOf(wired.runbook, TEMPLATE) : [];
  if (channels.length === 0)
    return {
      ...when,
      told: [],
      warnings: [`Nobody is told: services.slack.routes names no channel for ${TEMPLATE}.`],
    };
  const run = `no-go-${first.payload.nonce}`;
  if (!(await isOurs(run, decision.version, wired))) return { ...when, told: [], warnings: [] };
  const names = state.noGo.map(({ payload }) => wired.runbook.people[payload.person]?.name ?? payload.person);
  const said = { decision, reason, names: names.join(', '), slot, run };
  return { ...when, ...(await sendToChannels(TEMPLATE, channels, momentOf(said, wired), wired)) };
}
