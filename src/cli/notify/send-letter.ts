import { relative } from 'node:path';
import { ReleaseError } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { LetterName } from '../../domain/template-names.ts';
import { makeRunId } from '../../engine/run-id.ts';
import type { SentTo } from '../../ledger/message-event.ts';
import { sayPreview, sayVariables } from '../../report/messages/preview-text.ts';
import type { CommandResult } from '../command.ts';
import { confirmLight, confirmWords } from '../confirm.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import type { Wired } from '../wired.ts';
import type { Draft } from './draft.ts';
import { mayRepeat } from './may-repeat.ts';
import { readAddresses } from './read-to.ts';
import { describeDraft, type MessageOrder, refuseIncomplete } from './send-message.ts';

const WHOM: Readonly<Record<LetterName, string>> = {
  'release-complete-email': 'stakeholders',
  'customer-rollback': 'customers',
  'incident-report': 'stakeholders',
};

const onlyByPerson = (template: LetterName, what: string, next: string): ReleaseError =>
  new ReleaseError('E_MESSAGE_PERSON', {
    what,
    why: `What ${WHOM[template]} read is sent by a person who has read it.`,
    next,
    state: 'untouched',
  });

/** What --yes cannot answer for (COM-08): whom it is for is written out, and nothing leaves the machine. */
function refuseScript(
  template: LetterName,
  addresses: readonly string[],
  { options }: MessageOrder,
  { flags, terminal }: CliContext,
  { runbook }: Wired,
): void {
  const bySmtp = runbook.services.mail?.smtp !== undefined;
  if (bySmtp && addresses.length === 0)
    throw onlyByPerson(
      template,
      `Nobody is named for ${template}.`,
      'Name the address: --to news@example.com',
    );
  if (!flags.yes && terminal.canAsk) return;
  if (bySmtp)
    throw onlyByPerson(
      template,
      `${template} is never sent without a person at a terminal.`,
      `Run  release notify ${template}  in a terminal, or take services.mail.smtp out: then it is written as a file.`,
    );
  // The command line gives an empty list where nobody typed one.
  if (flags.yes && [options.to ?? []].flat().length === 0)
    throw onlyByPerson(
      template,
      `--yes alone does not write ${template}.`,
      'Say beside it whom it is for: --to news@example.com',
    );
}

function show(draft: Draft, addresses: readonly string[], context: CliContext, bySmtp: boolean): string {
  const { title, text } = draft.render(false);
  const who =
    addresses.length === 0 ? 'nobody yet: put the address in before you send it' : addresses.join(', ');
  const to = `${who}   (${bySmtp ? 'by SMTP' : 'as an .eml file, for a person to send'})`;
  const body = text.startsWith(title) ? text.slice(title.length).trimStart() : text;
  const framed = sayPreview({ to, lines: [`Subject: ${title}`, '', ...body.split('\n')] }, context.terminal);
  return [framed, ...sayVariables(draft.variables, draft.template)].join('\n');
}

/** The title is the subject and is not said twice. */
function letterOf(draft: Draft, to: readonly string[]) {
  const { title, text, html } = draft.render(false);
  const body = text.startsWith(title) ? text.slice(title.length).trimStart() : text;
  return { to, subject: title, text: body, html: html.replace(/^<h1>[\s\S]*?<\/h1>\s*/, '') };
}

async function send(order: MessageOrder, addresses: readonly string[], context: CliContext, wired: Wired) {
  const { draft, set } = order;
  const { template, moment } = draft;
  const { version } = moment.plan;
  const { ledger, scope, services } = wired;
  const step = `notify.${template}.${makeRunId(wired.clock, context.random)}`;
  const whom = [WHOM[template as LetterName]];
  const about = { run: moment.run, step };
  const begun = { template, version, channels: whom, claim: step };
  await ledger.note(scope, {
    ...about,
    id: `${moment.run}:sending:${step}`,
    type: 'message.sending',
    data: begun,
  });
  const { files, messageId } = await services.mail.send(letterOf(draft, addresses), `${template}-${version}`);
  const transport: SentTo['transport'] = files.length > 0 ? 'file' : 'mail';
  const sent = whom.map((channel): SentTo => ({ channel, transport, ...(messageId && { ts: messageId }) }));
  const data = { template, version, sent, missed: [], by: await context.readActor(), set };
  await ledger.note(scope, { ...about, id: `${moment.run}:sent:${step}`, type: 'message.sent', data });
  return { files: files.map((file) => relative(context.cwd, file)), sent };
}

/** SMTP sends it to people outside: that is typed word by word. A file is only written. */
async function confirm(template: LetterName, bySmtp: boolean, context: CliContext): Promise<void> {
  if (!bySmtp) return confirmLight(context, 'Write it as an .eml file?');
  await confirmWords(context, `send to ${WHOM[template]}`, 'nothing: only a person sends it', false);
}

/**
 * A letter to stakeholders or customers: shown, confirmed by a person, then sent by SMTP or written as `.eml` and `.txt`
 * (COM-04, COM-08, E-106). Throws E_MESSAGE_PERSON for a script.
 */
export async function sendLetter(
  template: LetterName,
  order: MessageOrder,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const { draft, options, isPreview, events } = order;
  const { version } = draft.moment.plan;
  const addresses = readAddresses(template, options, wired.runbook);
  const bySmtp = wired.runbook.services.mail?.smtp !== undefined;
  const about = { version, env: wired.env, run: draft.moment.run, sandbox: wired.runbook.sandbox };
  const result = { ...describeDraft(draft, false), to: [...addresses], sent: [] as JsonObject[] };
  const shown = show(draft, addresses, context, bySmtp);
  if (isPreview) return { exitCode: EXIT.ok, result, text: shown, next: [], warnings: [], ...about };
  refuseIncomplete(draft);
  refuseScript(template, addresses, order, context, wired);
  await mayRepeat({ template, version, channels: [WHOM[template]] }, events, options, context, wired);
  if (!context.flags.json && !context.flags.yes) context.out.note(shown);
  await confirm(template, bySmtp, context);
  const { files, sent } = await send(order, addresses, context, wired);
  const where =
    files.length > 0
      ? `written to ${files.join(' and ')}; nobody has it yet`
      : `sent to ${addresses.join(', ')}`;
  return {
    exitCode: EXIT.ok,
    result: { ...result, sent: sent.map((one): JsonObject => ({ ...one })), files },
    text: `✔ ${template} was ${where}`,
    ...{ next: [], warnings: [], ...about },
  };
}
