import { sayInstant } from '../../domain/calendar/say-moment.ts';
import { minutes, sayDuration } from '../../domain/duration.ts';
import { isReleaseError } from '../../domain/failure.ts';
import type { Change } from '../../domain/watch/change.ts';
import { Restless } from '../../domain/watch/restless.ts';
import type { WatchVerdict } from '../../domain/watch/tally.ts';
import { listTooSlow } from '../../domain/watch/too-slow.ts';
import { makePaint } from '../../report/color.ts';
import { wrapWords } from '../../report/table.ts';
import { sayChange } from '../../report/watch-lines.ts';
import { sayUnknown, sayUnproven } from '../../report/watch-unknown.ts';
import { sayMinute } from '../../report/watch-words.ts';
import type { CliContext } from '../context.ts';
import { doubtfully, type Live, progressOf } from './live.ts';
import { isToEnd, whyIncomplete, whySilent } from './record-end.ts';

/** Until so long after its start a source that has not answered yet is no news. */
const SETTLING_MS = minutes(1);

const isNews = (change: Change, live: Live): boolean =>
  change.row !== null || Date.parse(change.at) > live.began + SETTLING_MS;

const RESTLESS = `${' '.repeat(18)}it goes to and fro; the next line of it is a call, or after a pause`;

/** Changes as they come; of a rule that goes to and fro what matters. */
export function makeNews(live: Live): (changes: readonly Change[]) => void {
  const { context, wired } = live;
  const paint = makePaint(context.terminal.color.stderr);
  const sayTime = (at: number): string => sayInstant(at, wired.runbook.timezone);
  const restless = new Restless();
  return (changes) => {
    for (const change of changes.filter((one) => isNews(one, live))) {
      const telling = restless.take(change);
      if (telling !== 'unsaid') context.out.note(sayChange(change, sayTime, { paint }));
      if (telling === 'restless') context.out.note(RESTLESS);
    }
  };
}

/** One line a minute, so that a log tells how it went (ux 2.13). */
export function makeMinuteLines(live: Live): (at: number) => void {
  let next = live.now();
  return (at) => {
    if (at < next) return;
    next += minutes(1);
    const { watch, watched, context } = live;
    context.out.note(sayMinute(at - watched.open, doubtfully(watch.level(), live), watch.view()));
  };
}

/** A source that fails is said once, and once more when it answers again. */
export function makeTroubles({ context }: Live): (name: string, error: unknown) => void {
  const silent = new Map<string, string>();
  return (name, error) => {
    const said = error === undefined ? undefined : isReleaseError(error) ? error.text.what : 'it broke';
    if (said === silent.get(name)) return;
    if (said === undefined) silent.delete(name);
    else silent.set(name, said);
    context.out.note(said === undefined ? `  ${name} answers again` : `  ${name} tells nothing: ${said}`);
  };
}

const SENTENCES: Readonly<Record<WatchVerdict, string>> = {
  healthy: 'HEALTHY   nothing above its limit',
  evaluate: 'EVALUATE   people have to decide',
  inconclusive: 'INCONCLUSIVE   not enough was measured to say',
  rollback: 'ROLL BACK',
};

/** Left before its time: nobody must think that somebody still looks. */
function sayLeft(live: Live): string[] {
  const { leaves, context, watched, order } = live;
  if (order.once || (leaves !== 'unwatched' && !context.stop.stopping)) return [];
  const { elapsedMs, totalMs } = progressOf(live);
  const [at, of] = [elapsedMs, totalMs].map((ms) => Math.max(0, Math.floor(ms / minutes(1))));
  return [`  Watching stopped at ${at} of ${of} min. ${watched.version} stays live and unwatched.`];
}

/** Healthy, and yet not complete: nobody must think that it is. */
function sayIncomplete(live: Live, verdict: WatchVerdict): string[] {
  const why = whyIncomplete(live, verdict);
  if (verdict !== 'healthy' || why === undefined || !isToEnd(live)) return [];
  const { monitoring } = live.wired.runbook;
  return [
    `  NOT COMPLETE   ${why}`,
    `  release watch begins the ${monitoring.minutes} min of monitoring anew; no look completes the release.`,
  ];
}

/** The last words of a watch. */
export function sayEnd(live: Live, verdict: WatchVerdict): string {
  const { watched, watch, now, fired, other, wired, context } = live;
  const paint = makePaint(context.terminal.color.stdout);
  const sayTime = (at: number): string => sayInstant(at, wired.runbook.timezone);
  const head = `${wired.runbook.sandbox ? 'SANDBOX  ' : ''}release watch ${watched.version}  ${wired.env}`;
  return [
    head,
    '',
    `  ${other === undefined ? SENTENCES[verdict] : `ENDED   ${other}`}`,
    ...wrapWords(sayMinute(now() - watched.open, doubtfully(watch.level(), live), watch.view()), 78).map(
      (line) => `  ${line}`,
    ),
    ...(fired === undefined ? [] : [sayChange(fired, sayTime, { paint })]),
    ...(live.doubt === undefined ? [] : [`  ? ${live.doubt}`]),
    ...sayUnknown(watch.states),
    ...sayIncomplete(live, verdict),
    ...sayLeft(live),
    ...(verdict === 'rollback' ? [] : watch.unproven().map(sayUnproven)),
    ...(live.order.once ? ['  One look cannot prove a 5-minute rule.'] : []),
  ].join('\n');
}

/** The first ones: what is watched, until when, and for how long nobody did. */
export function sayStart(live: Live, end: number): void {
  const { context, watched, gapMs, wired, attention, order, doubt, watch, samplers } = live;
  const rules = watch.states.map(({ rule }) => rule);
  const { timezone } = wired.runbook;
  const sayTime = (at: number): string => sayInstant(at, timezone);
  const { usersCame = watched.open } = attention;
  const anew = usersCame < watched.open ? '; its monitoring begins anew' : '';
  const first = `watching ${watched.version} on ${wired.env} until ${sayTime(end)} ${timezone}; users since ${sayTime(usersCame)}${anew}`;
  for (const [i, line] of wrapWords(first, 76).entries()) context.out.note(i === 0 ? line : `  ${line}`);
  for (const { rule, source, most, needs } of listTooSlow(rules, samplers))
    context.out.note(
      `  ? ${rule} will not be known: ${source} has ${most} times in five minutes, and it needs ${needs}`,
    );
  if (gapMs !== undefined && gapMs > 0) sayGap(context, gapMs);
  if (doubt !== undefined) context.out.note(`  ? ${doubt}, and nobody knows yet whether one does still`);
  if (watched.unended !== undefined && !order.once)
    for (const line of wrapWords(
      `▲ its rollback ${watched.unended} is not over, so that this watch confirms nothing: release rollback --resume --env ${wired.env} ends it`,
      74,
    ))
      context.out.note(`  ${line}`);
  const tally = live.tallying.tally();
  const already = attention.whyAlready(live.now(), tally.worst) ?? whySilent(tally);
  const why = order.forMs === undefined ? already : undefined;
  if (why !== undefined)
    context.out.note(`  ▲ this watch does not complete the release: ${why}. One after ${sayTime(end)} can.`);
}

/** Nobody watched, for so many ms. */
export const sayGap = ({ out }: CliContext, ms: number): void =>
  out.note(`  GAP   nobody watched for ${sayDuration(ms)}; every rule starts over`);
