import { oneLine } from '../domain/screen-text.ts';
import { isWorse, LEVELS, type Level } from '../domain/watch/rule.ts';
import type { LedgerEvent } from './event.ts';
import type { RunState } from './fold.ts';

const isSevere = (severity: unknown): boolean => severity === 'P0' || severity === 'P1';

/** P0 and P1 in words. What fired in a look stands in the look; this is what a watch saw, and what people declared. */
export function findTroubles(events: readonly LedgerEvent[]): readonly string[] {
  const looks = new Set(events.flatMap(({ type, run }) => (type === 'watch.looked' ? [run] : [])));
  return events.flatMap((event) => {
    if (looks.has(event.run)) return [];
    if (event.type === 'watch.changed' && isSevere(event.data.change.severity))
      return [`${event.data.change.severity} ${event.data.change.rule} at ${event.at}`];
    if (event.type === 'watch.noted' && isSevere(event.data.severity))
      return [`${event.data.severity} declared at ${event.at}: ${oneLine(event.data.text, 80)}`];
    return [];
  });
}

/** Rollbacks after a release that go on or ended unsafe: they leave nobody sure of what is live. */
export function findRollbacks(runs: readonly RunState[], release: RunState): readonly string[] {
  return runs.slice(runs.indexOf(release) + 1).flatMap(({ run, plan, end }) => {
    if (plan.command !== 'rollback') return [];
    if (end === 'unsafe') return [`the rollback ${run} ended unsafe`];
    return ['open', 'paused', 'failed'].includes(end) ? [`the rollback ${run} has not ended`] : [];
  });
}

const levelOf = (said: unknown): Level => LEVELS.find((level) => level === said) ?? 'ok';

function levelIn(event: LedgerEvent): Level {
  if (event.type === 'watch.changed') return levelOf(event.data.change.severity);
  if (event.type === 'watch.noted') return levelOf(event.data.severity);
  return event.type === 'watch.looked' ? event.data.level : 'ok';
}

/** What was seen or declared, and when, in ms since 1970. */
export const findSeen = (
  events: readonly LedgerEvent[],
): readonly { readonly at: number; readonly level: Level }[] =>
  events.map((event) => ({ at: Date.parse(event.at), level: levelIn(event) }));

/** The worst that people know since the last look that was not above its limits. */
export function findKnown(events: readonly LedgerEvent[]): Level {
  let known: Level = 'ok';
  for (const event of events) {
    if (event.type === 'watch.looked' && event.data.verdict !== 'above') known = 'ok';
    if (event.type === 'watch.told' && isWorse(event.data.level ?? 'ok', known))
      known = event.data.level ?? 'ok';
  }
  return known;
}
