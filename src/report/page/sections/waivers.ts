import type { Waiver } from '../../../domain/finding.ts';
import type { LedgerEvent } from '../../../ledger/event.ts';
import { html } from '../html.ts';
import { type Section, table } from '../parts.ts';
import type { Report } from '../report.ts';

/** Each waiver once, although every gate that it was used at repeats it. */
function listWaivers(events: readonly LedgerEvent[]): readonly Waiver[] {
  const waivers = events.flatMap((event) =>
    event.type === 'gate.decided' ? (event.data.findings ?? []).flatMap(({ waived }) => waived ?? []) : [],
  );
  return [...new Map(waivers.map((one) => [JSON.stringify(one), one])).values()];
}

/** Findings that somebody took upon themselves. */
export function writeWaivers({ story: { events } }: Report): Section {
  const rows = listWaivers(events).map(({ check, by, reason, until }) => [
    check,
    by,
    reason,
    until ?? 'this run alone',
  ]);
  return {
    id: 'waivers',
    title: 'Waivers',
    body:
      rows.length === 0
        ? html`<p class="note">No finding was waived.</p>`
        : table('Waivers', ['Check', 'By', 'Reason', 'Until'], rows, [], 'named-blocks'),
  };
}
