import { sayMoment } from '../../domain/calendar/say-moment.ts';
import type { RollbackStanding } from '../facts/read-rollback-facts.ts';
import type { Wired } from '../wired.ts';

type Line = readonly [string, string];

/** What of the world could be asked. */
export type Known = Pick<Wired, 'runbook' | 'environment' | 'isBlind' | 'codeAway'>;

/** Where the facts come from: a point of the database says so itself, beside it. */
export function sayKnown({ isBlind, codeAway, runbook }: Known): string {
  const tags = codeAway
    ? `tags as this machine saw them on ${sayMoment(Date.parse(codeAway.seenAt), runbook.timezone)}`
    : 'tags';
  return isBlind
    ? `${tags}, application and database; WITHOUT the ledger, so that what is half way is not known`
    : `ledger, ${tags}, application and database`;
}

/** What is published without the remote, by whom, and what waits for it. */
function sayAway({ to, commit }: RollbackStanding['facts'], { environment }: Known, because: string): Line[] {
  const isByHand = ['push', 'manual'].includes(environment.host?.strategy ?? 'push');
  const who = isByHand ? "a person publishes it in the host's own console" : 'the host publishes it';
  return [
    ['code', `THE REMOTE IS AWAY: of ${to} the host has a build (${commit.slice(0, 7)}); ${who}`],
    ['', 'main follows at the end; while the remote is away, the run ends there with 7 and waits'],
    ['', because],
  ];
}

/** Where candidates are tried: which commit, and what becomes of the environment's own branch. */
const sayTrial = (
  { to, commit, isCodeAway }: RollbackStanding['facts'],
  move: NonNullable<RollbackStanding['facts']['trial']>['move'],
): Line[] => [
  [
    'code',
    `${to} (${commit.slice(0, 7)}) is published again${isCodeAway ? ' from what the host has built' : ''}; main is not touched`,
  ],
  ...(move === undefined ? [] : [['', `${move.branch} goes back to it`] as const]),
];

/** How the code goes back. */
export function sayCode({ facts, later }: RollbackStanding, known: Known): readonly Line[] {
  const { to, main, treeIsThere, trial } = facts;
  if (trial !== undefined) return sayTrial(facts, trial.move);
  if (known.codeAway) return sayAway(facts, known, known.codeAway.because);
  if (treeIsThere && later.length > 0)
    return [
      ['code', `main (${main.slice(0, 7)}) never got what is left; it stays, and ${to} is published again`],
    ];
  if (treeIsThere) return [['code', 'main has this tree already; it is published again']];
  return [['code', 'a new commit with the earlier tree; history is kept, nothing is forced']];
}

const MOST_COMMITS = 5;

/** A fix that somebody merged since the release: it must not be gone without a word (E-32). */
export function sayCovered({ facts: { covers } }: RollbackStanding): readonly Line[] {
  if (covers.length === 0) return [];
  const more = covers.length > MOST_COMMITS ? [`and ${covers.length - MOST_COMMITS} more`] : [];
  return [
    ['TAKES AWAY', 'from main what no release had yet; the commits stay in its history:'],
    ...[...covers.slice(0, MOST_COMMITS), ...more].map((line) => ['', line] as const),
  ];
}
