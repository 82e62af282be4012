import { type Headline, headlineOf, type WatchState } from '../../domain/watch/headline.ts';
import { sayName } from '../watch-screen/say-metric.ts';

function sayWord(headline: Headline, level: string | undefined): string {
  if (headline === 'critical') return `🚨 Critical issue (${level})`;
  if (headline === 'minor') return level === 'P2' ? '⚠️ Issue (P2)' : '⚠️ Minor issue';
  if (headline === 'unsure') return '⚠️ Not known';
  if (headline === 'unwatched') return '✅ Every step so far is done; what users meet is not measured yet';
  return '✅ On track';
}

const names = (rules: readonly string[]): string => rules.map(sayName).join(', ');

/** Why it is not simply on track, one by one. */
export function listReasons(missing: readonly string[], watch: WatchState | undefined): readonly string[] {
  const { above = [], unknown = [], doubt = null } = watch ?? {};
  const building = (watch?.building ?? []).filter((rule) => !above.includes(rule));
  return [
    missing.length > 0 ? `not recorded as done: ${missing.join('; ')}` : '',
    above.length > 0 ? `above a limit: ${names(above)}` : '',
    building.length > 0 ? `above a limit, not for long enough yet: ${names(building)}` : '',
    unknown.length > 0 ? `not measured enough: ${names(unknown)}` : '',
    doubt ?? '',
  ].filter((reason) => reason !== '');
}

const CLOSINGS: Readonly<Record<Headline, string | null>> = {
  'on-track': 'Everything that has to be measured is, and nothing is above its limit.',
  unwatched: null,
  unsure: 'Nothing above a limit is seen, and not enough is: nobody can say yet that it is well.',
  minor: 'It is watched on.',
  critical: 'The rules of the runbook call for a rollback.',
};

/** The state of a message with its reasons, and a last sentence that agrees with it (COM-02b, COM-02f). */
export function sayHeadline(
  missing: readonly string[],
  watch: WatchState | undefined,
): { readonly state: string; readonly closing: string | null } {
  const headline = headlineOf(missing, watch);
  const reasons = listReasons(missing, watch);
  const word = sayWord(headline, watch?.level);
  const closing = headline === 'minor' && watch === undefined ? null : CLOSINGS[headline];
  return { state: reasons.length === 0 ? word : `${word}: ${reasons.join('; ')}`, closing };
}
