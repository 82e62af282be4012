import { progressMinutes } from '../../config/progress-pace.ts';
import { minutes } from '../../domain/duration.ts';
import { MESSAGE_KINDS } from '../../domain/message-kinds.ts';
import { findChannels, isLetter, TEMPLATE_NAMES, type TemplateName } from '../../domain/template-names.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import { findOpenRun, foldRuns } from '../../ledger/fold.ts';
import { listTold, type ToldMessage } from '../../ledger/fold-messages.ts';
import { foldWeek } from '../../ledger/fold-week.ts';
import type { MessageRow } from '../../report/messages/list-text.ts';
import { sayMessages } from '../../report/messages/list-text.ts';
import { sayClock } from '../../report/messages/times.ts';
import { sayWhen } from '../../report/say-when.ts';
import type { CommandResult } from '../command.ts';
import { EXIT } from '../exit.ts';
import type { Wired } from '../wired.ts';
import { findKept } from './resend.ts';

function placesOf(template: TemplateName, { runbook }: Wired): string {
  const { slack, mail } = runbook.services;
  if (template === 'customer-rollback') return 'customers, by a person';
  if (isLetter(template)) return mail === undefined ? 'nobody' : 'stakeholders, by a person';
  const channels = findChannels(slack?.routes ?? {}, template);
  return channels.length === 0 ? 'nobody' : channels.map((one) => `#${one}`).join(', ');
}

/** Next of what is promised, by the clock; undefined: no clock says when. */
function dueOf(
  template: TemplateName,
  told: readonly ToldMessage[],
  events: readonly LedgerEvent[],
  { runbook, clock }: Wired,
): string | undefined {
  const { monitoring, timezone } = runbook;
  const week = foldWeek(events, monitoring);
  const isWatched =
    week !== undefined && week.completeAt === undefined && findOpenRun(foldRuns(events)) === undefined;
  if (!isWatched || week.watchedUntil < clock.now().getTime()) return undefined;
  const last = told.findLast((one) => one.template === template && one.version === week.version);
  const [progress, every] =
    week.release.plan.command === 'rollback'
      ? ['rollback-progress', monitoring.rollbackProgressEveryMinutes]
      : ['release-progress', progressMinutes(runbook)];
  const say = (ms: number): string => sayClock(new Date(ms).toISOString(), timezone);
  if (template === progress) return say((last ? Date.parse(last.at) : week.open) + minutes(every));
  return template === 'release-complete' && week.release.plan.command === 'deploy'
    ? `${say(week.watchedUntil)}, when all was well`
    : undefined;
}

function rowOf(
  template: TemplateName,
  told: readonly ToldMessage[],
  events: readonly LedgerEvent[],
  wired: Wired,
): MessageRow {
  const last = told.findLast((one) => one.template === template);
  const { sentBy } = MESSAGE_KINDS[template];
  const due = dueOf(template, told, events, wired);
  return {
    template,
    to: placesOf(template, wired),
    last:
      last === undefined
        ? null
        : `${sayWhen(last.at, wired.runbook.timezone)}${last.version && ` (${last.version})`}`,
    lastAt: last?.at ?? null,
    next: due ?? sentBy,
    isDue: due !== undefined,
  };
}

/** Every message: where it goes, when it was sent last, and when or by whom it is sent next; and what is kept. */
export async function listMessages(wired: Wired): Promise<CommandResult> {
  const events = await wired.ledger.read(wired.scope);
  const told = listTold(events);
  const rows = TEMPLATE_NAMES.map((template) => rowOf(template, told, events, wired));
  const kept = findKept({ template: undefined, version: undefined }, events);
  const lines = kept.map(({ template, missing, said }) => ({ template, missing, said }));
  return {
    exitCode: EXIT.ok,
    result: { messages: rows.map((row) => ({ ...row })), kept: lines },
    text: sayMessages(rows, lines),
    next: kept.length > 0 ? [`release notify --resend --env ${wired.env}`] : [],
    ...{ warnings: [], env: wired.env, sandbox: wired.runbook.sandbox },
  };
}
