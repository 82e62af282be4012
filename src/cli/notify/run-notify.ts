import { isLetter, isTemplateName, type TemplateName } from '../../domain/template-names.ts';
import { parseReleaseVersion } from '../../domain/version.ts';
import { unknownTemplate } from '../../report/messages/template-file.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';
import { writeDraft } from './draft.ts';
import { findSubject } from './find-subject.ts';
import { listMessages } from './list-messages.ts';
import { readSet } from './read-set.ts';
import { refuseUntrue } from './refuse-untrue.ts';
import { resend } from './resend.ts';
import { sendLetter } from './send-letter.ts';
import { sendMessage } from './send-message.ts';

function readTemplateName(typed: string | undefined): TemplateName | undefined {
  if (typed === undefined || isTemplateName(typed)) return typed;
  throw unknownTemplate(typed);
}

/** `release notify`: a message sent, shown, listed, or sent again by a person (ux 2.16). */
export async function runNotify(
  [typedTemplate, typedVersion]: readonly string[],
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const template = readTemplateName(typedTemplate);
  const version = typedVersion === undefined ? undefined : parseReleaseVersion(typedVersion);
  const isPreview = options.preview === true || context.flags.plan;
  if (options.resend === true) return resend({ template, version }, isPreview, context, wired);
  if (template === undefined || options.list === true) return listMessages(wired);
  const set = readSet(options, wired.runbook);
  const events = await wired.ledger.read(wired.scope);
  const subject = await findSubject({ template, version, isPreview }, events, context, wired);
  if (!isPreview) refuseUntrue(template, subject);
  const onDuty = await wired.onDuty?.();
  const moment = { ...subject.moment, ...(onDuty ? { onDuty } : {}) };
  const draft = writeDraft(template, moment, set, context, wired);
  const order = { draft, set, options, isPreview, events };
  return isLetter(template)
    ? sendLetter(template, order, context, wired)
    : sendMessage(order, context, wired);
}
