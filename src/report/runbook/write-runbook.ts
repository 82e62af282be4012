import { CRITERIA } from '../../domain/go-no-go/criteria.ts';
import { anchorOf } from '../../domain/runbook/anchor-of.ts';
import { roleTitles } from '../role-titles.ts';
import { writeMessages, writeTasks, writeWatch } from './parts/afterwards.ts';
import { writeCalendar, writeEnvironments } from './parts/environments.ts';
import { writeGates } from './parts/gates.ts';
import { writeLimits } from './parts/limits.ts';
import { writeDecisions, writeHandoffs, writeOwners, writeRoles } from './parts/people.ts';
import { writeDeploy, writeWaysBack } from './parts/plans.ts';
import type { RunbookStory } from './runbook-story.ts';
import { part, plain } from './write-table.ts';

/** Links to the chapters, in their order. */
function writeContents(lines: readonly string[]): readonly string[] {
  const taken: string[] = [];
  return lines
    .filter((line) => /^#{1,6} /.test(line))
    .flatMap((line) => {
      const title = line.replace(/^#+ /, '');
      const anchor = anchorOf(title, taken);
      taken.push(anchor);
      return line.startsWith('## ') ? [`- [${title}](#${anchor})`] : [];
    });
}

const writeCriteria = (): readonly string[] =>
  part(
    '## Criteria of GO',
    ...CRITERIA.filter(({ id }) => id.startsWith('go.')).map(
      ({ text, row }) => `- [ ] ${plain(text)} (${row})`,
    ),
  );

const writeStandUp = ({ runbook }: RunbookStory): readonly string[] =>
  part('## Stand-up', ...runbook.standUp.map((point) => `- [ ] ${plain(point)}`));

/**
 * The runbook that this configuration really carries out, as Markdown: the same text for the same configuration, whatever
 * the day. Secrets stand in it by name alone; of people there are names, no addresses and no numbers.
 */
export function writeRunbook(story: RunbookStory): string {
  const { runbook, file, environments } = story;
  const roles = roleTitles(runbook);
  const chapters = [
    ...writeRoles(runbook),
    ...writeOwners(runbook),
    ...writeEnvironments(runbook),
    ...writeCalendar(runbook),
    ...writeCriteria(),
    ...environments.flatMap(writeGates),
    ...writeLimits(runbook),
    ...writeDecisions(runbook),
    ...writeHandoffs(runbook),
    ...writeStandUp(story),
    ...environments.flatMap((one) => [...writeDeploy(one, roles), ...writeWaysBack(one, roles)]),
    ...writeWatch(runbook),
    ...writeMessages(runbook),
    ...writeTasks(runbook),
  ];
  const head = [
    `# Release runbook of ${plain(runbook.product)}`,
    '',
    `Made from ${plain(file)} by \`release config docs\`. Change that file and make it again; what is changed here is lost.`,
    '',
  ];
  return `${[...head, ...writeContents([...head, ...chapters]), ...chapters].join('\n')}\n`;
}
