import { defineCheck, ReleaseError } from '../../src/kit.ts';
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

/** A label that no issue can have finds nothing for ever, and looks like a tracker without bugs. */
const noLabel = (labels: readonly string[]): ReleaseError =>
  new ReleaseError('E_EVIDENCE_GAP', {
    what: `The repository has no label ${labels.join(' and no label ')}, so no bug can bear it.`,
    next: 'Correct evidence.issues.labels, or make the label on GitHub.',
    state: 'untouched',
  });

const findUnknown = (wanted: readonly string[], known: readonly string[]): readonly string[] => {
  const lower = known.map((one) => one.toLowerCase());
  return wanted.filter((one) => !lower.includes(one.toLowerCase()));
};

/** One open P0 or P1 is one too many (GO-02, NG-01). What nobody has planned for later is in this release. */
export default defineCheck({
  id: 'source.open-bugs',
  title: 'No open bug that blocks a release',
  runbook: ['GO-02', 'NG-01'],
  gates: ['preflight'],
  releaseOnly: true,
  needs: ['github'],
  absent: ({ runbook, release }) => {
    const settings = runbook.evidence?.issues;
    if (settings === undefined) return 'evidence.issues is not configured';
    const isOfVersion = settings.milestone?.includes('{version}') === true;
    return release || !isOfVersion ? undefined : 'no version was named';
  },
  probe: async ({ github }, { runbook, release }) => {
    const { labels, milestone } = needSettings(runbook, 'issues');
    const [known, ...found] = await Promise.all([
      github.labels(),
      ...labels.map(async (label) => (await github.openIssues(label)).map((issue) => ({ ...issue, label }))),
    ]);
    const unknown = findUnknown(labels, known);
    // A bug that was found is known, whatever else is not.
    if (unknown.length > 0 && found.flat().length === 0) throw noLabel(unknown);
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
