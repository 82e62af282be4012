import type { Standing } from '../../domain/handoff/judge-item.ts';
import { readIssues } from '../../domain/handoff/known-issues.ts';
import { oneLine } from '../../domain/screen-text.ts';
import type { Week } from '../../ledger/fold-week.ts';
import { writeContacts } from '../../report/handoff/write-contacts.ts';
import { writeSummary } from '../../report/handoff/write-summary.ts';
import { listCalls } from '../../report/list-calls.ts';
import { markdownText } from '../../report/messages/markdown-text.ts';
import type { Wired } from '../wired.ts';
import type { MeetingFile } from './meeting.ts';

const safe = (text: string): string => markdownText.text(oneLine(text, 400));

/** HOO-05 to HOO-09 as they stand, what is unknown as unknown. */
const writeMetrics = (standings: readonly Standing[]): string =>
  standings
    .filter(({ item }) => item.group === 'Measurements')
    .map(
      ({ item, said, state, at }) =>
        `- ${safe(item.text)}: ${safe(said)}${state === 'open' ? ' (**not as it should be**)' : ''}${at === undefined ? '' : `, measured ${at}`}`,
    )
    .join('\n');

function writeIssues(standings: readonly Standing[]): string {
  const said = (id: string): Standing | undefined => standings.find(({ item }) => item.id === id);
  const listed = said('a11');
  if (listed?.state === 'done')
    return (readIssues(listed.said) ?? [])
      .map(
        ({ what, severity, workaround }) =>
          `- **${severity}** ${safe(what)}. Workaround: ${safe(workaround)}`,
      )
      .join('\n');
  return said('a10')?.said === 'none'
    ? 'None, as of this handoff.'
    : 'Nobody has said yet whether there are any.';
}

/** HOO-30: deployment summary, metrics, known issues and whom to call. */
export function listAfterFiles(
  week: Week,
  standings: readonly Standing[],
  { withPhones }: { readonly withPhones: boolean },
  { runbook, env, clock }: Wired,
): readonly MeetingFile[] {
  const { version, release } = week;
  const titles = {
    metrics: `Measurements of ${version}`,
    issues: `Known issues of ${version}`,
    contacts: `Whom to call for ${env}`,
  };
  const calls = listCalls(runbook, env, clock.now(), withPhones);
  return [
    {
      name: 'deployment-summary',
      title: `Deployment of ${version}`,
      markdown: writeSummary(release, runbook.timezone),
    },
    {
      name: 'metrics',
      title: titles.metrics,
      markdown: `# ${safe(titles.metrics)}\n\n${writeMetrics(standings)}`,
    },
    {
      name: 'known-issues',
      title: titles.issues,
      markdown: `# ${safe(titles.issues)}\n\n${writeIssues(standings)}`,
    },
    { name: 'contacts', title: titles.contacts, markdown: writeContacts(titles.contacts, calls) },
  ];
}
