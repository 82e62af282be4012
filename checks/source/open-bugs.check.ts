import { defineCheck } from '../../src/kit.ts';
import type { OpenIssue } from '../../src/services/github/port.ts';
import { needSettings } from '../need-settings.ts';

interface Bug extends OpenIssue {
  readonly label: string;
}

const MOST = 5;

const sayBug = ({ number, title, label }: Bug): string => `#${number} ${title} (${label})`;

/** An issue with two of the labels is one bug; the first label, which is the worst, names it. */
const onceEach = (bugs: readonly Bug[]): readonly Bug[] =>
  bugs.filter((bug, i) => bugs.findIndex(({ number }) => number === bug.number) === i);

/** One open P0 or P1 is one too many (GO-02, NG-01). What nobody has planned for later is in this release. */
export default defineCheck({
  id: 'source.open-bugs',
  title: 'No open bug that blocks a release',
  runbook: ['GO-02', 'NG-01'],
  gates: ['preflight'],
  needs: ['github'],
  absent: ({ runbook, release }) => {
    const settings = runbook.evidence?.issues;
    if (settings === undefined) return 'evidence.issues is not configured';
    const isOfVersion = settings.milestone?.includes('{version}') === true;
    return release || !isOfVersion ? undefined : 'no version was named';
  },
  probe: async ({ github }, { runbook, release }) => {
    const { labels, milestone } = needSettings(runbook, 'issues');
    const found = await Promise.all(
      labels.map(async (label) => (await github.openIssues(label)).map((issue) => ({ ...issue, label }))),
    );
    return {
      bugs: onceEach(found.flat()),
      milestone: milestone?.replaceAll('{version}', release?.version ?? ''),
    };
  },
  judge: ({ bugs, milestone }) => {
    const isLater = (bug: Bug): boolean =>
      milestone !== undefined && bug.milestone !== undefined && bug.milestone !== milestone;
    const open = bugs.filter((bug) => !isLater(bug));
    const later = bugs.length - open.length;
    const rest = later === 0 ? '' : `, ${later} of other milestones left out`;
    if (open.length === 0) return { outcome: 'pass', said: `none open${rest}` };
    const more = open.length > MOST ? ` and ${open.length - MOST} more` : '';
    return {
      outcome: 'fail',
      said: `${open.slice(0, MOST).map(sayBug).join('; ')}${more}${rest}`,
      remedy: 'Mend and close them, or correct their label; release after that.',
      evidence: { numbers: open.map(({ number }) => number) },
    };
  },
});
