import { resolve } from 'node:path';
import { seconds } from '../../domain/duration.ts';
import type { Surroundings } from '../surroundings.ts';
import { writeToOutbox } from './outbox.ts';
import type { Letter, MailPort } from './port.ts';
import { mailAbsent, mailFailed, mailRejected } from './refusals.ts';

/** A letter never reads a file or an address on its own. */
const CLOSED = { disableFileAccess: true, disableUrlAccess: true } as const;
const LIMITS = { connectionTimeout: seconds(10), greetingTimeout: seconds(10), socketTimeout: seconds(20) };

type Sent = Awaited<ReturnType<MailPort['send']>>;

/** What nodemailer is given: the letter, its sender and the run's own time. */
const compose = (letter: Letter, from: string, date: Date) => ({
  from,
  to: [...letter.to],
  subject: letter.subject,
  text: letter.text,
  date,
  ...(letter.html === undefined ? {} : { html: letter.html }),
  ...CLOSED,
});

type Composed = ReturnType<typeof compose>;

const asPlainText = (letter: Letter): string =>
  `To: ${letter.to.join(', ')}\nSubject: ${letter.subject}\n\n${letter.text}\n`;

const addressesOf = (list: readonly (string | { readonly address: string })[]): string[] =>
  list.map((one) => (typeof one === 'string' ? one : one.address));

async function sendBySmtp(letter: Composed, url: string): Promise<Sent> {
  const { default: nodemailer } = await import('nodemailer');
  const transport = nodemailer.createTransport({ url, ...LIMITS, ...CLOSED });
  const sent = await transport.sendMail(letter).catch((error: unknown) => {
    throw mailFailed(error);
  });
  const rejected = addressesOf(sent.rejected);
  if (rejected.length > 0) throw mailRejected(rejected, sent.accepted.length);
  return { files: [], messageId: sent.messageId };
}

async function makeEml(letter: Composed): Promise<{ readonly eml: Buffer; readonly messageId: string }> {
  const { default: nodemailer } = await import('nodemailer');
  const paper = { streamTransport: true, buffer: true, newline: 'windows', ...CLOSED } as const;
  const made = await nodemailer.createTransport(paper).sendMail(letter);
  return { eml: made.message as Buffer, messageId: made.messageId };
}

/**
 * E-mail by SMTP when a server is configured; else `.eml` and `.txt` files in the outbox, because nothing is sent to
 * people outside unless somebody asked for it (E-106).
 */
export function makeMail({ runbook, secrets, clock, root }: Surroundings): MailPort {
  const settings = runbook.services.mail;
  return {
    send: async (letter, name) => {
      if (settings === undefined) throw mailAbsent();
      const composed = compose(letter, settings.from, clock.now());
      if (settings.smtp !== undefined) return sendBySmtp(composed, secrets.read(settings.smtp));
      const { eml, messageId } = await makeEml(composed);
      const files = await writeToOutbox(resolve(root, settings.outbox), name, {
        eml,
        txt: asPlainText(letter),
      });
      return { files, messageId };
    },
  };
}
