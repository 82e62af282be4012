import { sayDuration } from '../../domain/duration.ts';
import type { RemoteAnswer } from '../../services/git/probe-remote.ts';
import type { ChainPush } from '../../services/git/push-chain.ts';
import type { ProbeFinding } from './probe-finding.ts';

const git = (id: string, finding: Omit<ProbeFinding, 'service' | 'id'>): ProbeFinding => ({
  service: 'git',
  id: `git.${id}`,
  ...finding,
});

const whyOf = (push: ChainPush): string =>
  'why' in push ? push.why : push.end === 'moved' ? 'the name was there already' : '';

function judgePlace({ places }: RemoteAnswer, wanted: string): ProbeFinding {
  const own = places.find(({ prefix }) => prefix === wanted);
  const other = places.find(({ prefix, push }) => prefix !== wanted && push.end === 'taken');
  if (own?.push.end === 'taken')
    return git('ledger-place', {
      outcome: 'pass',
      said: `${wanted}* is taken, in ${sayDuration(Math.max(1, Math.round(own.tookMs)))} a push`,
    });
  const why = own === undefined ? 'it was not tried' : whyOf(own.push);
  const way = other
    ? `${other.prefix}* is taken: write  ledger: { refs: ${other.prefix} }  under the environment.`
    : 'No other place was taken either. Ask who keeps the repository for the right to push, or use ledger.store: postgres.';
  return own?.push.end === 'refused'
    ? git('ledger-place', { outcome: 'fail', said: `${wanted}* is refused: ${why}`, next: way })
    : git('ledger-place', {
        outcome: 'unknown',
        said: `nobody knows whether ${wanted}* is taken: ${why}`,
        next: `Look at the network, then ask again: release init --probe. ${other ? way : ''}`.trim(),
      });
}

function judgeAtomic({ atomic }: RemoteAnswer): ProbeFinding {
  if (atomic?.end === 'taken')
    return git('atomic-push', { outcome: 'pass', said: 'several refs move in one push, or none of them' });
  if (atomic?.end === 'refused')
    return git('atomic-push', {
      outcome: 'fail',
      said: `several refs in one push are refused: ${atomic.why}`,
      next: 'main and tag move together or not at all: a release needs a host with atomic pushes (receive.advertiseAtomic).',
    });
  return git('atomic-push', {
    outcome: 'unknown',
    said: `nobody knows whether several refs move in one push: ${atomic ? whyOf(atomic) : 'no push was taken'}`,
  });
}

/** Nothing of ours needs them: they are told because hosts differ, and people ask. */
const judgeOptions = ({ options }: RemoteAnswer): ProbeFinding =>
  git('push-options', {
    outcome: options?.end === 'taken' ? 'pass' : 'skip',
    said:
      options?.end === 'taken'
        ? 'push options are taken; release needs none'
        : 'push options are not taken; release needs none',
  });

const judgeLeft = ({ left }: RemoteAnswer): readonly ProbeFinding[] =>
  left.length === 0
    ? []
    : [
        git('left-behind', {
          outcome: 'warn',
          said: `the remote keeps ${left.join(', ')}: it lets nobody delete, or did not answer`,
          next: `Delete by hand: git push origin ${left.map((ref) => `:${ref}`).join(' ')}`,
        }),
      ];

/** What the answers of a remote mean for a ledger below `wanted`. */
export const judgeRemote = (answer: RemoteAnswer, wanted: string): readonly ProbeFinding[] => [
  judgePlace(answer, wanted),
  judgeAtomic(answer),
  judgeOptions(answer),
  ...judgeLeft(answer),
];
