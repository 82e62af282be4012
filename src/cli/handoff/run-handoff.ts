import { ReleaseError } from '../../domain/failure.ts';
import { HANDOFF_KINDS, type HandoffKind } from '../../domain/handoff/item.ts';
import { judgeHandoff } from '../../domain/handoff/judge-handoff.ts';
import { judgeItems } from '../../domain/handoff/judge-items.ts';
import { oneLine } from '../../domain/screen-text.ts';
import { foldAnswers } from '../../ledger/fold-handoff.ts';
import type { HandoffView } from '../../report/handoff/handoff-text.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';
import { askOpen } from './ask-open.ts';
import type { Meeting } from './meeting.ts';
import { readAnswers } from './read-answers.ts';
import { readMeeting } from './read-meeting.ts';
import { recordAnswer } from './record-answer.ts';
import { tellHandoff } from './tell-handoff.ts';

const noKind = (typed: string | undefined): ReleaseError =>
  new ReleaseError('E_ARGUMENTS', {
    what: typed === undefined ? 'handoff needs its kind.' : `There is no handoff "${oneLine(typed, 40)}".`,
    next: `release handoff ${HANDOFF_KINDS.join('|')} [version]`,
    state: 'untouched',
  });

function readKind(typed: string | undefined): HandoffKind {
  const kind = HANDOFF_KINDS.find((one) => one === typed);
  if (kind === undefined) throw noKind(typed);
  return kind;
}

/** The handoff as it stands by the ledger. */
async function look(meeting: Meeting, { ledger, scope }: Wired): Promise<HandoffView> {
  const answers = foldAnswers(await ledger.read(scope), meeting);
  const standings = judgeItems(meeting.items, meeting.proofs, answers);
  const { kind, version, about, roles } = meeting;
  return { kind, version, about, standings, verdict: judgeHandoff(standings, [], roles) };
}

/** One round of questions; what an answer calls for is asked the next time. */
async function ask(meeting: Meeting, context: CliContext, wired: Wired): Promise<HandoffView> {
  const seen = await look(meeting, wired);
  if (!context.terminal.canAsk || context.flags.json) return seen;
  const count = await askOpen(seen.verdict.open, meeting, context, wired);
  return count === 0 ? seen : look(meeting, wired);
}

/** `release handoff`: what evidence ticks, what people said, what is open (HOP, HOO, HOE rows). */
export async function runHandoff(
  [typedKind, typedAbout]: readonly string[],
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const kind = readKind(typedKind);
  const events = await wired.ledger.read(wired.scope);
  const asked = { about: typedAbout, withPhones: options.withPhones === true };
  const meeting = await readMeeting(kind, asked, events, context, wired);
  const typed = readAnswers(options, meeting.items);
  for (const said of typed) await recordAnswer(said, meeting, context, wired);
  const view = typed.length > 0 ? await look(meeting, wired) : await ask(meeting, context, wired);
  return tellHandoff(
    meeting,
    view,
    typeof options.folder === 'string' ? options.folder : undefined,
    context,
    wired,
  );
}
