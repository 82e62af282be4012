import { GATES } from '../../../domain/finding.ts';
import type { StoryCheck, StoryEnvironment } from '../runbook-story.ts';
import { part, plain, writeTable } from '../write-table.ts';

const TITLES: Readonly<Record<string, string>> = {
  preflight: 'Before a deployment (preflight)',
  parity: 'Staging against production (parity)',
  drift: 'Against the accepted set-up (drift)',
  smoke: 'With the new version (smoke)',
  'post-deploy': 'Once users are back (post-deploy)',
  'rollback-verify': 'Behind a rollback (rollback-verify)',
};

const rowOf = ({ id, title, rows, isAdvisory }: StoryCheck): readonly string[] => [
  `\`${id}\``,
  plain(title),
  isAdvisory ? 'warns' : 'NO-GO',
  rows.map(plain).join(', '),
];

/** Every check that is asked, gate by gate, and those that are not with the reason. */
export function writeGates({ name, checks }: StoryEnvironment): readonly string[] {
  const asked = GATES.flatMap((gate) => {
    const own = checks.filter(({ gates, absent }) => gates.includes(gate) && absent === undefined);
    return part(
      `### ${TITLES[gate] ?? gate}`,
      ...writeTable(['Check', 'Duty', 'When it fails', 'Rows'], own.map(rowOf)),
    );
  });
  const left = checks.filter(({ absent }) => absent !== undefined);
  const rows = left.map(({ id, title, absent }) => [`\`${id}\``, plain(title), plain(absent ?? '')]);
  return [
    ...part(
      `## Gates of ${plain(name)}`,
      'A check that cannot be answered is HOLD, never a pass. A gate without any check is NO-GO.',
    ),
    ...asked,
    ...part('### Not asked', ...writeTable(['Check', 'Duty', 'Because'], rows)),
  ];
}
