import { oneLine } from '../../../domain/screen-text.ts';
import type { LedgerEvent } from '../../../ledger/event.ts';
import { sayEvent } from '../../postmortem/timeline.ts';
import { type Html, html } from '../html.ts';
import type { Section } from '../parts.ts';
import type { Report } from '../report.ts';
import { makeTimeWords } from '../time-words.ts';

/** More rows than these nobody reads; the command below has all of them. */
const MOST = 500;

const GROUPS = [
  ['steps', 'Steps', /^(step|fact|run)/],
  ['gates', 'Gates', /^(gate|drift|rollback)/],
  ['watch', 'Watch', /^watch/],
  ['people', 'People', /^(approval|handoff|task|lock|message)/],
] as const;

const groupOf = ({ type }: LedgerEvent): string => GROUPS.find(([, , is]) => is.test(type))?.[0] ?? 'people';

/** Filters that need no program: a chosen word hides the rows of the others. */
const FILTER = html`<fieldset class="filter"><legend>Show</legend><label><input type="radio" name="f" id="f-all" checked> All</label>${GROUPS.map(([id, word]) => html`<label><input type="radio" name="f" id="f-${id}"> ${word}</label>`)}</fieldset>`;

function cutMiddle(events: readonly LedgerEvent[]): readonly LedgerEvent[] {
  return events.length <= MOST ? events : [...events.slice(0, MOST / 2), ...events.slice(-MOST / 2)];
}

/** Every entry of the ledger that the report was made from, in its order. */
export function writeRecord({ story: { events, runs }, runbook }: Report): Section {
  const words = makeTimeWords(runbook.timezone);
  const rows = cutMiddle(events).map((event): Html => {
    const { seq, type, step, actor } = event;
    const said = sayEvent(
      event,
      runs.find(({ run }) => run === event.run),
    );
    const at = Date.parse(event.was?.at ?? event.at);
    return html`<tr class="${groupOf(event)}"><th scope="row" class="n">${seq}</th><td class="n">${words.exact(at)}</td><td>${type}${step !== undefined && html` <small>${step}</small>`}</td><td>${oneLine(said, 160)}</td><td>${actor}</td></tr>`;
  });
  const left = events.length - rows.length;
  return {
    id: 'record',
    title: 'The record',
    body: html`<details class="record"><summary>${rows.length} entries of the ledger</summary>${FILTER}<div class="scroll" role="region" aria-label="Entries of the ledger" tabindex="0"><table><caption>Entries of the ledger</caption><thead><tr>${['Entry', 'When', 'Kind', 'What', 'By'].map((cell, i) => html`<th scope="col"${i < 2 && html` class="n"`}>${cell}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>${left > 0 && html`<p class="note">${left} in the middle are left out. All of them: release history --json, or the ledger itself.</p>`}</details>`,
  };
}
