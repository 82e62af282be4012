import { sayChange } from '../../../domain/drift/say-change.ts';
import type { LedgerEvent } from '../../../ledger/event.ts';
import { sayClock, sayDay } from '../../messages/times.ts';
import { type Html, html } from '../html.ts';
import { outcome, type Section, table } from '../parts.ts';
import type { Report } from '../report.ts';

type Checked = Extract<LedgerEvent, { type: 'drift.checked' }>;
type Decided = Extract<LedgerEvent, { type: 'gate.decided' }>;

const DRIFT = {
  clean: ['pass', 'clean'],
  drifted: ['fail', 'drifted'],
  unknown: ['unknown', 'not known'],
} as const;

function writeLook({ at, data }: Checked, { env, runbook: { timezone: zone } }: Report): Html {
  const [mark, word] = DRIFT[data.call];
  const rows = data.changes.map((change) => [change.kind, change.key, sayChange(change, env)]);
  const unknown = data.unknown.length === 0 ? '' : ` Not known: ${data.unknown.join(', ')}.`;
  return html`<p>${outcome(mark, word)} ${sayDay(at, zone)}, ${sayClock(at, zone)}, against the set-up accepted in ${data.baseline === '' ? 'no run' : data.baseline}.${unknown}</p>${rows.length > 0 && table('What had changed', ['Kind', 'What', 'How'], rows)}`;
}

/** Findings about staging beside production, as the newest gate that asked has them. */
function writeParity(events: readonly LedgerEvent[]): Html | undefined {
  const found = events
    .filter((event): event is Decided => event.type === 'gate.decided')
    .flatMap(({ data }) => data.findings ?? [])
    .filter(({ check }) => check.startsWith('parity.') || check.startsWith('drift.'));
  const newest = [...new Map(found.map((one) => [one.check, one])).values()];
  if (newest.length === 0) return undefined;
  return table(
    'Staging beside production, and the set-up',
    ['Check', 'Outcome', 'What was found'],
    newest.map(({ check, outcome: word, said }) => [check, outcome(word, word), said ?? '']),
    [],
    'blocks',
  );
}

/** Whether staging was like production, and whether the set-up was the accepted one. */
export function writeDrift(report: Report): Section | undefined {
  const { events } = report.story;
  const last = events.findLast((event): event is Checked => event.type === 'drift.checked');
  const parity = writeParity(events);
  if (last === undefined && parity === undefined) return undefined;
  const look = last && writeLook(last, report);
  return { id: 'parity', title: 'Parity and drift', body: html`${parity}${look}` };
}
