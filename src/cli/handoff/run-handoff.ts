import { ReleaseError } from '../../domain/failure.ts';
import { HANDOFF_KINDS, type HandoffKind } from '../../domain/handoff/item.ts';
import { oneLine } from '../../domain/screen-text.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';
import { askOpen } from './ask-open.ts';
import { lookAtMeeting, type Seen } from './look-at-meeting.ts';
import type { Meeting } from './meeting.ts';
import { passCommand } from './pass-command.ts';
import { readAnswers } from './read-answers.ts';
import { readMeeting } from './read-meeting.ts';
import { recordAnswer } from './record-answer.ts';
import { readHandoffWish, signHandoff } from './sign-handoff.ts';
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

/** One round of questions; what an answer calls for is asked the next time. */
async function ask(meeting: Meeting, context: CliContext, wired: Wired): Promise<Seen> {
  const seen = await lookAtMeeting(meeting, wired);
  if (!context.terminal.canAsk || context.flags.json) return seen;
  const count = await askOpen(seen.view.verdict.open, meeting, context, wired);
  return count === 0 ? seen : lookAtMeeting(meeting, wired);
}

/** `release handoff`: what evidence ticks, what people said, what is open (HOP, HOO, HOE rows). */
export async function runHandoff(
  [typedKind, typedAbout]: readonly string[],
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const kind = readKind(typedKind);
  const wish = readHandoffWish(options, context.redact);
  const events = await wired.ledger.read(wired.scope);
  const asked = { about: typedAbout, withPhones: options.withPhones === true };
  const found = await readMeeting(kind, asked, events, context, wired);
  const passed = await passCommand(typedAbout, found, options, context, wired);
  const meeting =
    passed === undefined
      ? found
      : await readMeeting(kind, asked, await wired.ledger.read(wired.scope), context, wired);
  const typed = readAnswers(options, meeting.items);
  for (const said of typed) await recordAnswer(said, meeting, context, wired);
  const isAsking = typed.length === 0 && passed === undefined && wish?.word !== 'revoked';
  const seen = isAsking ? await ask(meeting, context, wired) : await lookAtMeeting(meeting, wired);
  const recorded = wish === undefined ? [] : await signHandoff(seen, wish, options, context, wired);
  const { view } = recorded.length === 0 ? seen : await lookAtMeeting(meeting, wired);
  const folder = typeof options.folder === 'string' ? options.folder : undefined;
  const said = passed === undefined ? recorded : [passed, ...recorded];
  return tellHandoff(
    meeting,
    { view, recorded: said, isPassed: passed !== undefined },
    folder,
    context,
    wired,
  );
}
