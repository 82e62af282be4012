import { sayLoss, sayPayments } from '../../domain/loss.ts';
import type { Plan } from '../../domain/plan.ts';
import type { Holder } from '../../ledger/ledger.ts';
import { writePlan } from '../../report/plan-text.ts';
import type { RollbackStanding } from '../facts/read-rollback-facts.ts';
import type { Wired } from '../wired.ts';

type Line = readonly [string, string];

function sayData({ facts, restore }: RollbackStanding): Line[] {
  const { data } = facts;
  if (restore !== undefined)
    return [
      ['data', `restore to ${restore.point.at} (${restore.point.lsn}; from the ${restore.source})`],
      [
        '',
        `LOSES ${sayLoss(restore.loss)} written since${sayPayments(restore.payments)}; the state before is kept as ${'keepAs' in data ? data.keepAs : ''}`,
      ],
      ...(restore.moves.length > 0
        ? [['', `moves below the kept state: ${restore.moves.join(', ')}`] as const]
        : []),
    ];
  if (data.kind === 'none') return [['data', 'the database stays as it is']];
  const tags = 'tags' in data ? [...data.tags].reverse() : [];
  return [
    ['data', `rollback scripts, newest first: ${tags.join(', ')}`],
    ['', 'the other way, --db restore, gives up what was written since, and says how much'],
  ];
}

const sayTakeover = (holder: Holder | undefined): Line[] =>
  holder?.alive
    ? [
        [
          'takes over',
          `${holder.actor} on ${holder.host}, ${holder.reason}${holder.step ? `, at ${holder.step}` : ''}`,
        ],
      ]
    : [];

/** Where the facts come from: a point of the database says so itself, beside it. */
const sayKnown = (isBlind: true | undefined): string =>
  isBlind
    ? 'tags, application and database; WITHOUT the ledger, so that what is half way is not known'
    : 'ledger, tags, application and database';

/** The plan of a rollback as a person reads it at three in the morning. */
export const writeRollbackPlan = (
  plan: Plan,
  standing: RollbackStanding,
  holder: Holder | undefined,
  { runbook, environment, isBlind }: Pick<Wired, 'runbook' | 'environment' | 'isBlind'>,
): string =>
  writePlan(plan, {
    id: plan.digest.slice(0, 8),
    address: environment.url.replace(/^https?:\/\//, ''),
    isProtected: environment.protected,
    sandbox: runbook.sandbox,
    above: [
      ['live now', standing.facts.from || 'not known: the application does not answer'],
      ['known from', sayKnown(isBlind)],
      ['reason', standing.facts.reason],
      [
        'code',
        standing.facts.treeIsThere
          ? 'main has this tree already; it is published again'
          : 'a new commit with the earlier tree; history is kept, nothing is forced',
      ],
      ...sayData(standing),
      ...(standing.schemaFile ? [['schema then', standing.schemaFile] as const] : []),
      ...sayTakeover(holder),
    ],
    below: [],
  });
