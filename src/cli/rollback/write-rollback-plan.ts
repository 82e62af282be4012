import { sayDuration } from '../../domain/duration.ts';
import { sayLoss, sayPayments } from '../../domain/loss.ts';
import type { Plan } from '../../domain/plan.ts';
import { makeRollbackClock } from '../../domain/rollback-clock.ts';
import type { FoundRehearsal } from '../../ledger/find-rollback-rehearsal.ts';
import type { Holder } from '../../ledger/ledger.ts';
import { sayPlannedClock } from '../../report/clock-text.ts';
import { writePlan } from '../../report/plan-text.ts';
import { saySlots } from '../../report/slots-text.ts';
import type { RollbackStanding } from '../facts/read-rollback-facts.ts';
import type { Estimated } from '../rehearse/estimate.ts';
import type { Wired } from '../wired.ts';
import { type Known, sayCode, sayCovered, sayKnown } from './say-code.ts';

type Line = readonly [string, string];

function sayData({ facts, restore, isLeftUnknown }: RollbackStanding): Line[] {
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
  if (isLeftUnknown)
    return [
      ['data', `${facts.from} was never seen on this machine: what it migrated is not known here and STAYS`],
      ['', 'plan again from a machine that has seen it, or when the remote is back, to take it away'],
    ];
  if (data.kind === 'none') return [['data', 'the database stays as it is']];
  const tags = 'tags' in data ? [...data.tags].reverse() : [];
  return [
    ['data', `rollback scripts, newest first: ${tags.join(', ')}`],
    ['', 'the other way, --db restore, gives up what was written since, and says how much'],
  ];
}

/** Whoever goes back too far cannot take it back: what is newer comes by a release alone. */
const sayPassedOver = ({ passedOver = [], facts }: RollbackStanding): Line[] =>
  passedOver.length === 0
    ? []
    : [
        ['goes past', `${passedOver.join(', ')}, NOT KNOWN TO BE BAD`],
        ['', `from ${facts.to} no rollback leads up to it again, only a release`],
      ];

/** RBC-P0, RBC-P1: until when it has to be begun, and to be over. */
function sayClock(
  { severity, detectedAt, at }: RollbackStanding['facts'],
  runbook: Wired['runbook'],
): Line[] {
  const clock = makeRollbackClock(severity, { detectedAt, startedAt: at }, runbook.severities);
  return clock ? [['clock', sayPlannedClock(clock, Date.parse(at), runbook.timezone)]] : [];
}

/** RBX-2.3, E-89: also what is not held back, because nobody can. */
function sayWebhooks({ webhooks }: RollbackStanding['facts']): Line[] {
  switch (webhooks?.kind) {
    case 'maintenance':
      return [
        ['webhooks', 'maintenance mode answers 503, and Stripe delivers again later, for up to 3 days'],
      ];
    case 'disable':
      return [
        [
          'webhooks',
          `disabled at Stripe (${webhooks.endpoints.join(', ')}), and on again before users are in`,
        ],
        [
          '',
          'Stripe never sends events of that time by itself: release rollback --replay-events, afterwards',
        ],
      ];
    case 'open':
      return [
        ['webhooks', `NOT HELD BACK, ${webhooks.because}: events are taken while code and data go back`],
      ];
    default:
      return [];
  }
}

/** RBX-7.2, RBX-2.4, E-89: who tells customers, and whom nobody tells. */
const sayStatusPage = ({ environment: { statusPage, traffic } }: Known): Line[] => [
  [
    'customers',
    statusPage === undefined
      ? 'NOBODY TELLS THEM: no status page is configured'
      : 'told on the status page; "resolved" follows when real traffic has confirmed it',
  ],
  traffic === undefined
    ? ['', 'traffic STAYS ON THE APPLICATION: no way to the status page is configured']
    : ['', 'sent to the status page meanwhile'],
];

const sayTakeover = (holder: Holder | undefined): Line[] =>
  holder?.alive
    ? [
        [
          'takes over',
          `${holder.actor} on ${holder.host}, ${holder.reason}${holder.step ? `, at ${holder.step}` : ''}`,
        ],
      ]
    : [];

/** RBX-00, RBX-3t, RBX-4t: how long it takes against its limit, and when code and database go back. */
function sayTime({ tried, slots }: Estimated): Line[] {
  const mark = tried.outcome === 'ok' ? '' : 'LONGER THAN ALLOWED: ';
  const order = slots.length === 0 ? [] : [['', saySlots(slots)] as const];
  return [['time', `${mark}${tried.said}`], ...order];
}

/** What somebody has tried before; a promise for this night it is not. */
function sayRehearsed({ facts }: RollbackStanding, found: FoundRehearsal | undefined): Line[] {
  if (found === undefined) return [];
  const { record, at } = found;
  const ago = sayDuration(Math.max(0, Date.parse(facts.at) - Date.parse(at)));
  const word = { proven: 'proven', 'not-proven': 'NOT PROVEN', unknown: 'not known' }[record.outcome];
  const why = record.because === '' ? `about ${sayDuration(record.estimateMs)}` : record.because;
  return [['rehearsed', `${ago} ago at ${record.commit.slice(0, 7)}: ${word}, ${why}`]];
}

/** What is known of how it will go. */
interface Foreseen {
  readonly estimated?: Estimated;
  readonly rehearsed?: FoundRehearsal | undefined;
}

function sayLive({ facts: { from }, isLeftByRecord }: RollbackStanding): string {
  if (from !== '' && isLeftByRecord === undefined) return from;
  const byRecord = from === '' ? '' : `, ${from} by the ledger`;
  return `not known: the application does not answer${byRecord}`;
}

/** The plan of a rollback as a person reads it at three in the morning. */
export const writeRollbackPlan = (
  plan: Plan,
  standing: RollbackStanding,
  holder: Holder | undefined,
  known: Known,
  { estimated, rehearsed }: Foreseen = {},
): string => {
  const { runbook, environment } = known;
  return writePlan(plan, {
    id: plan.digest.slice(0, 8),
    address: environment.url.replace(/^https?:\/\//, ''),
    isProtected: environment.protected,
    sandbox: runbook.sandbox,
    above: [
      ['live now', sayLive(standing)],
      ...sayPassedOver(standing),
      ['known from', sayKnown(known)],
      ['reason', standing.facts.reason],
      ...(standing.facts.trial ? [] : sayClock(standing.facts, runbook)),
      ...(estimated ? sayTime(estimated) : []),
      ...sayCode(standing, known),
      ...sayCovered(standing),
      ...sayData(standing),
      ...sayWebhooks(standing.facts),
      ...sayRehearsed(standing, rehearsed),
      ...(standing.facts.trial ? [] : sayStatusPage(known)),
      ...(standing.schemaFile ? [['schema then', standing.schemaFile] as const] : []),
      ...sayTakeover(holder),
    ],
    below: [],
  });
};
