import type { SignOff } from '../../../domain/approvals/sign-off.ts';
import type { LedgerEvent } from '../../../ledger/event.ts';
import { sayClock } from '../../messages/times.ts';
import { html } from '../html.ts';
import type { StepRow } from '../list-rows.ts';
import { listRows } from '../list-rows.ts';
import { outcome, type Section, table } from '../parts.ts';
import type { Report } from '../report.ts';

const WORDS = { go: ['pass', 'go'], 'no-go': ['fail', 'no-go'], revoked: ['skip', 'taken back'] } as const;

/** How it is known who signed: only what was verified is called so. */
function sayMethod({ payload, key, fault }: SignOff): string {
  if (fault !== undefined) return `${payload.method}, not proven: ${fault.why}`;
  if (payload.method === 'ssh-signed') return `signature verified, ${key ?? 'by no key'}`;
  return payload.method === 'proxy' ? `recorded by ${payload.by}` : `${payload.method}, not proven`;
}

const signRow = (one: SignOff, { runbook }: Report) => {
  const { point, role, person, decision, comment, at } = one.payload;
  const [mark, word] = WORDS[decision];
  return [
    typeof point === 'number' ? `decision ${point}` : `handoff ${point}`,
    runbook.roles[role]?.title ?? role,
    runbook.people[person]?.name ?? person,
    outcome(mark, word),
    sayClock(at, runbook.timezone),
    sayMethod(one),
    comment,
  ];
};

/** Decisions that the plans name, also those that were passed without their people. */
const listPlanned = ({ story: { runs, events } }: Report): readonly StepRow[] =>
  runs.flatMap((run) => listRows(run, events).filter(({ kind }) => kind === 'sign-off'));

const sayPlanned = ({ title, state, said }: StepRow) => [
  title,
  state === 'done'
    ? outcome('pass', 'decided')
    : state === 'left-out'
      ? outcome('warn', 'passed without its people')
      : outcome('skip', 'not reached'),
  said,
];

type Noted = Extract<LedgerEvent, { type: 'watch.noted' | 'lock.takeover' }>;

const sayNoted = (event: Noted, zone: string) =>
  event.type === 'lock.takeover'
    ? [
        sayClock(event.at, zone),
        event.data.actor,
        `took the lock over from ${event.data.from}: ${event.data.reason}`,
      ]
    : [
        sayClock(event.at, zone),
        event.data.by,
        `${event.data.severity === undefined ? 'noted' : `declared ${event.data.severity}`}: ${event.data.text}`,
      ];

/** Who ordered what, who signed and how that is known, and who said what meanwhile. */
export function writeDecisions(report: Report): Section {
  const { story, signOffs, runbook } = report;
  const { timezone: zone } = runbook;
  const ordered = story.runs.map(({ plan, actor, host, startedAt, request }) => [
    `${plan.command} ${plan.version}`,
    `${request.orderedBy ?? actor}${request.agreed === undefined ? '' : `, ahead, with ${request.agreed}`}`,
    `${actor} on ${host}`,
    sayClock(startedAt, zone),
    String(request.reason ?? ''),
  ]);
  const planned = listPlanned(report).map(sayPlanned);
  const noted = story.events
    .filter((event): event is Noted => event.type === 'watch.noted' || event.type === 'lock.takeover')
    .map((event) => sayNoted(event, zone));
  return {
    id: 'decisions',
    title: 'Decisions and signatures',
    body: html`${table('Who ordered what', ['Run', 'Ordered by', 'Begun by', 'When', 'Reason'], ordered, [], 'named-blocks')}${
      signOffs.length === 0
        ? html`<p class="note">No sign-off is on record.</p>`
        : table(
            'Sign-offs',
            ['Point', 'Role', 'Person', 'Says', 'When', 'How it is known', 'Comment'],
            signOffs.map((one) => signRow(one, report)),
            [],
            'named-blocks',
          )
    }${planned.length > 0 && table('Points of decision in the plans', ['Decision', 'State', 'What came of it'], planned, [], 'named-blocks')}${noted.length > 0 && table('What people noted, declared and took over', ['When', 'Who', 'What'], noted, [], 'blocks')}`,
  };
}
