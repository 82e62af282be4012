import { makeRoster } from '../../config/make-roster.ts';
import type { JsonObject } from '../../domain/json.ts';
import { oneLine } from '../../domain/screen-text.ts';
import { type Duty, listDuties, type OnDuty } from '../../domain/staffing/list-duties.ts';
import { sayDuty } from '../../report/owners-text.ts';
import { row } from '../../report/status-rows.ts';
import type { CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import type { Wired } from '../wired.ts';

const asJson = ({ area, owner, backup, escalation, onCall, responsibilities }: Duty) => {
  const onDuty = ({ role, people }: OnDuty) => ({ role, people: people.map((one) => ({ ...one })) });
  const calls = escalation.map(({ role, member, reachable }) => ({
    role,
    name: member?.name ?? null,
    reachable,
  }));
  return {
    ...{ area, owner: onDuty(owner), backup: onDuty(backup), escalation: calls, onCall: onCall ?? null },
    responsibilities: [...responsibilities],
  };
};

/** The written runbook that this file answers to (DOC rows). */
function sayDocument({ document }: Wired['runbook']): readonly string[] {
  if (document === undefined) return [];
  const { version, updated, owner, nextReview, feedback } = document;
  const more = feedback === undefined ? '' : ` · improvements to ${oneLine(feedback, 60)}`;
  return [
    '',
    ...row(
      'runbook',
      `${oneLine(version, 20)} of ${updated}, ${oneLine(owner, 40)} · next review ${nextReview}${more}`,
    ),
  ];
}

const documentOf = ({ document }: Wired['runbook']): JsonObject | null => {
  if (document === undefined) return null;
  const { version, updated, nextReview, owner, stakeholders, feedback, location } = document;
  return {
    ...{ version, updated, nextReview, owner, stakeholders: [...stakeholders] },
    ...{ feedback: feedback ?? null, location: location ?? null },
  };
};

/** `release status --owners`: who answers for what, and who can be reached now (OWN rows). */
export function runOwners({ flags }: CliContext, { runbook, clock, env }: Wired): CommandResult {
  const duties = listDuties(runbook.owners, makeRoster(runbook), clock.now().getTime());
  const sayRole = (role: string): string => runbook.roles[role]?.title ?? role;
  const lines = duties.flatMap((duty) => ['', ...sayDuty(duty, sayRole, flags.verbose > 0)]);
  const none = '  No owner is named: owners in runbook.config.yaml.';
  return {
    exitCode: EXIT.ok,
    result: { owners: duties.map(asJson), document: documentOf(runbook) },
    text: [...(lines.length === 0 ? [none] : lines.slice(1)), ...sayDocument(runbook)].join('\n'),
    next: [],
    warnings: [],
    env,
    sandbox: runbook.sandbox,
  };
}
