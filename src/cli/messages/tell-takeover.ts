import type { Moment } from '../../domain/moment.ts';
import type { Plan } from '../../domain/plan.ts';
import { findTakeover, type Takeover } from '../../ledger/find-takeover.ts';
import { foldRun } from '../../ledger/fold.ts';
import { channelsOf } from '../../plans/channels-of.ts';
import { sayWhen } from '../../report/say-when.ts';
import type { LockChoice } from '../runs/lock-choice.ts';
import type { Wired } from '../wired.ts';
import { sendToChannels } from './send-to-channels.ts';
import { tellInPassing } from './tell-in-passing.ts';

const TEMPLATE = 'takeover';

/** The run that has the lock now, and what becomes of it. */
export interface TakerRun {
  readonly run: string;
  readonly plan: Plan;
  readonly goesOn: 'begins' | 'goes on' | 'is given up';
}

/** `theirs`: the plan of the run that was taken over, when its beginning is on record. */
function momentOf(
  { by, from, reason }: Takeover,
  { run, plan, goesOn }: TakerRun,
  theirs: Plan | undefined,
  { env, runbook, clock }: Wired,
): Moment {
  const what = theirs === undefined ? from.run : `${theirs.command} ${theirs.version}, ${from.run}`;
  return {
    run,
    env,
    plan,
    facts: {},
    now: clock.now().toISOString(),
    step: TEMPLATE,
    canThread: false,
    repeated: false,
    notes: {
      reason,
      taken_by: `${by.actor}, on ${by.host}`,
      taken_from: `${from.actor}, on ${from.host}, who held it since ${sayWhen(from.at, runbook.timezone)}`,
      taken_run: what,
      goes_on: `${plan.command} ${plan.version} ${goesOn}`,
    },
  };
}

/** What is to be said of channels that were not told. */
async function tell(taker: TakerRun, wired: Wired): Promise<readonly string[]> {
  const events = await wired.ledger.read(wired.scope);
  const takeover = findTakeover(events, taker.run);
  if (takeover === undefined) return [];
  const channels = channelsOf(wired.runbook, TEMPLATE);
  if (channels.length === 0)
    return [`Nobody is told of the takeover: services.slack.routes names no channel for ${TEMPLATE}.`];
  const theirs = foldRun(events, takeover.from.run)?.plan;
  return (await sendToChannels(TEMPLATE, channels, momentOf(takeover, taker, theirs, wired), wired)).warnings;
}

/**
 * Tells the team that a lock was taken by `--takeover`, from whom and why (T39). Does nothing when it was free. Takes three
 * seconds at most and never throws; gives the lines about what was not told, for the screen and nothing else.
 */
export async function tellTakeover(
  taker: TakerRun,
  { takeover }: LockChoice,
  wired: Wired,
): Promise<readonly string[]> {
  if (takeover === undefined || !wired.configured.has('slack')) return [];
  const warnings = await tellInPassing('the takeover', tell(taker, wired), wired.clock);
  return warnings.map((warning) => `  ▲ ${warning}`);
}
