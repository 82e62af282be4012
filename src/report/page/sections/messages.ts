import { listKept, listTold } from '../../../ledger/fold-messages.ts';
import { sayClock } from '../../messages/times.ts';
import { html } from '../html.ts';
import { outcome, type Section, table } from '../parts.ts';
import type { Report } from '../report.ts';

/** What people were told, where and by whom; what did not arrive stands beside it. */
export function writeMessages({
  story: { events, runs },
  runbook: { timezone: zone },
}: Report): Section | undefined {
  const told = listTold(events).map(({ template, version, at, channels, by }) => [
    sayClock(at, zone),
    template,
    version,
    channels.join(', '),
    outcome('pass', 'sent'),
    by,
  ]);
  const missed = runs
    .flatMap((run) => listKept(events, run))
    .map(({ at, template, run, missing, said, inDoubt }) => [
      sayClock(at, zone),
      template,
      run.plan.version,
      missing.join(', '),
      inDoubt ? outcome('unknown', 'in doubt') : outcome('fail', 'not sent'),
      said,
    ]);
  const rows = [...told, ...missed];
  if (rows.length === 0) return undefined;
  return {
    id: 'messages',
    title: 'Messages',
    body: html`${table('Messages in the order in which they were sent', ['When', 'Template', 'About', 'Where', 'State', 'By, or why not'], rows)}`,
  };
}
