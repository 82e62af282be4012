import type { ChecksAnswer } from '../../engine/run-checks.ts';
import { type GateStory, sayGate } from '../../report/verdict-text.ts';
import type { CliContext } from '../context.ts';
import { lookOf } from '../look-of.ts';
import type { Wired } from '../wired.ts';
import { findSlot } from './find-slot.ts';

/** Checks that were left out for the same reason, in one breath. */
function groupByReason(absent: ChecksAnswer['absent']): readonly string[] {
  const reasons = [...new Set(absent.map((one) => one.why))];
  return reasons.map((why) => {
    const ids = absent.filter((one) => one.why === why).map((one) => one.check);
    return `${ids.join(', ')} (${why})`;
  });
}

/** The screen of a gate's answer for people; `title` names the command that asked. */
export function sayAnswer(
  answer: ChecksAnswer,
  title: string,
  { terminal }: CliContext,
  wired: Wired,
  more: Pick<GateStory, 'criteria' | 'ofChecks'> = {},
): string {
  const { runbook, env, environment, clock } = wired;
  const slot = findSlot(answer.verdict, wired);
  const story = {
    title: runbook.sandbox ? `SANDBOX  ${title}` : title,
    env,
    isProtected: environment.protected,
    url: environment.url,
    findings: answer.findings,
    verdict: answer.verdict,
    absent: groupByReason(answer.absent),
    tookMs: answer.wallMs,
    ...more,
    ...(slot === undefined ? {} : { nextSlot: slot.said }),
    now: clock.now(),
  };
  return sayGate(story, lookOf({ terminal }));
}
