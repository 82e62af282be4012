import type { Runbook } from '../../../config/schema/index.ts';
import { AFTER } from '../../../domain/handoff/after.ts';
import { BEFORE } from '../../../domain/handoff/before.ts';
import { EMERGENCY } from '../../../domain/handoff/emergency.ts';
import type { HandoffItem } from '../../../domain/handoff/item.ts';
import { roleTitles } from '../../role-titles.ts';
import { part, plain, writeTable } from '../write-table.ts';

const titles = (runbook: Runbook, roles: readonly string[]): string => {
  const known = roleTitles(runbook);
  return roles.map((role) => plain(known.get(role) ?? role)).join(', ');
};

/** Roles and who can take them: names alone, no addresses and numbers. */
export function writeRoles(runbook: Runbook): readonly string[] {
  const rows = Object.entries(runbook.roles).map(([id, { title, does, standIn }]) => [
    plain(title),
    plain(does ?? 'see the owners'),
    Object.values(runbook.people)
      .filter(({ roles }) => roles.includes(id))
      .map(({ name }) => plain(name))
      .join(', ') || 'given for each release',
    standIn === undefined ? 'somebody else of this role' : titles(runbook, [standIn]),
  ]);
  return part('## Roles', ...writeTable(['Role', 'Does', 'People', 'Stands in'], rows));
}

/** Who answers for what, and whom to call in order. */
export function writeOwners(runbook: Runbook): readonly string[] {
  const rows = Object.entries(runbook.owners).map(([area, { owner, backup, escalation, onCall }]) => [
    plain(area),
    titles(runbook, [owner]),
    titles(runbook, [backup]),
    titles(runbook, escalation),
    plain(onCall ?? 'none of its own'),
  ]);
  return part(
    '## Owners',
    ...writeTable(['Area', 'Owner', 'Backup', 'Called in this order', 'Reached'], rows),
  );
}

const ANCHORS = {
  T_start: 'the start',
  T_live: 'the proof that it is live',
  T_open: 'users are back',
} as const;

const when = (minutes: number, anchor: keyof typeof ANCHORS): string =>
  minutes === 0
    ? `at ${ANCHORS[anchor]}`
    : `${Math.abs(minutes)} min ${minutes < 0 ? 'before' : 'after'} ${ANCHORS[anchor]}`;

/** Points at which people decide, and the urgencies of a rollback with their clocks. */
export function writeDecisions(runbook: Runbook): readonly string[] {
  const points = Object.entries(runbook.decisions ?? {}).flatMap(([point, decision]) =>
    decision === undefined
      ? []
      : [
          [
            point,
            plain(decision.title),
            titles(runbook, decision.roles),
            when(decision.afterMinutes, decision.anchor),
            decision.inputs.map(plain).join(', '),
            decision.outcomes.map(plain).join(' or '),
          ],
        ],
  );
  const urgencies = Object.entries(runbook.severities ?? {}).map(
    ([level, { title, startWithinMinutes: start, doneWithinMinutes: done, who }]) => [
      level,
      plain(title),
      start === undefined ? 'no clock' : `${start} min`,
      done === undefined ? 'no clock' : `${done} min`,
      plain(who),
    ],
  );
  return [
    ...part(
      '## Decisions',
      ...writeTable(['#', 'Question', 'Who signs', 'When', 'Looks at', 'Answers'], points),
    ),
    ...part(
      '## Urgencies',
      ...writeTable(['Urgency', 'Means', 'Begun within', 'Done within', 'On whose word'], urgencies),
    ),
  ];
}

const MODES = { auto: 'evidence', both: 'evidence, and a person', person: 'a person' } as const;

const boxesOf = (items: readonly HandoffItem[]): readonly string[] =>
  items.map(({ text, mode }) => `- [ ] ${plain(text)} (${MODES[mode]})`);

/** What is handed over, item by item, and who signs it. */
export function writeHandoffs(runbook: Runbook): readonly string[] {
  const { before, after } = runbook.handoffs;
  return [
    ...part('## Handoffs', 'An item that evidence ticks is never ticked by hand.'),
    ...part(
      '### Before: development to operations',
      ...boxesOf(BEFORE),
      '',
      `Signed by: ${titles(runbook, before.roles)}.`,
    ),
    ...part(
      '### After: operations to on-call',
      ...boxesOf(AFTER),
      '',
      `Signed by: ${titles(runbook, after.roles)}.`,
    ),
    ...part('### Emergency: one in command to the next', ...boxesOf(EMERGENCY)),
  ];
}
