import { plural } from '../../domain/plural.ts';
import { oneLine } from '../../domain/screen-text.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import type { Incident } from '../../ledger/find-incident.ts';
import { markdownText } from '../messages/markdown-text.ts';
import { ENOUGH, objectsIn, type Seen, smokeOf } from './smoke-of.ts';

const UNKNOWN = 'unknown';
const TITLE = '**Performance, compared with the version before**';

const safe = (text: string): string => markdownText.text(oneLine(text, 80));

/** P95 of real traffic before the release, as the last watch that recorded any has it: what is said of it, by endpoint. */
function baselinesOf(events: readonly LedgerEvent[], bad: string): ReadonlyMap<string, string> {
  const told = events.flatMap((event) =>
    event.type === 'watch.ended' && event.data.version === bad ? [objectsIn(event.data.baselines)] : [],
  );
  const said = new Map<string, string>();
  for (const { series, baseline, metric, source } of told.findLast(({ length }) => length > 0) ?? []) {
    if (metric !== 'p95-ms' || typeof series !== 'string' || typeof baseline !== 'number') continue;
    const one = `${Math.round(baseline)} ms (${safe(String(source))})`;
    said.set(series, [said.get(series), one].filter(Boolean).join(', '));
  }
  return said;
}

/** A version that fails at once looks fast: what failed stands beside its time. */
function saySeen(seen: Seen | undefined): string {
  if (seen === undefined) return UNKNOWN;
  const { p95Ms, n, errors = 0 } = seen;
  const of = n === undefined ? [] : [plural(n, 'request')];
  const said = errors > 0 ? [...of, `${errors} failed`] : of;
  return said.length === 0 ? `${Math.round(p95Ms)} ms` : `${Math.round(p95Ms)} ms (${said.join(', ')})`;
}

function sayChange(bad: Seen | undefined, good: Seen | undefined): string {
  if (bad === undefined || good === undefined || good.p95Ms <= 0) return UNKNOWN;
  if ((bad.n ?? 0) < ENOUGH || (good.n ?? 0) < ENOUGH) return 'too few';
  const percent = Math.round((100 * (bad.p95Ms - good.p95Ms)) / good.p95Ms);
  return `${percent > 0 ? '+' : ''}${percent} %`;
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** P95 of the bad version beside the one it was replaced by, endpoint by endpoint, from the record alone (PIR-15). */
export function writePerformance({ deploy, rollback, events }: Incident): string {
  const { from, version } = rollback.plan;
  const [bad, good, before] = [smokeOf(deploy), smokeOf(rollback), baselinesOf(events, from)];
  const names = [...new Set([...bad.keys(), ...good.keys(), ...before.keys()])].sort();
  if (names.length === 0)
    return `${TITLE}: unknown: neither run has smoke tests on record, and no watch of ${safe(from)} recorded how fast it was before.`;
  const [is, was] = [safe(from), safe(version)];
  return [
    `${TITLE}: P95. Smoke tests are not traffic: few requests, one after the other; a small change says little.`,
    '',
    row([
      'Endpoint',
      `${is}, smoke tests`,
      `${was}, smoke tests of the rollback`,
      'Change',
      `Users before ${is}`,
    ]),
    row(['---', '---:', '---:', '---:', '---:']),
    ...names.map((name) => {
      const [now, then] = [bad.get(name), good.get(name)];
      const users = before.get(name) ?? UNKNOWN;
      return row([safe(name), saySeen(now), saySeen(then), sayChange(now, then), users]);
    }),
  ].join('\n');
}
