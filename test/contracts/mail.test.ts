import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeMail } from '../../src/services/mail/real.ts';
import { startMailServer } from '../support/mail-server.ts';
import { makeInstantClock, makeSurroundings } from '../support/slack-surroundings.ts';

const letter = {
  to: ['board@rur2.example', 'team@rur2.example'],
  subject: 'Release v2.1.0\r\nBcc: evil@example.com',
  text: 'All the words.',
  html: '<p>All the words.</p>',
};

let root: string;
const { clock } = makeInstantClock();
const mailWith = (mail: Record<string, unknown> | undefined, secrets: Record<string, string> = {}) =>
  makeMail(makeSurroundings({ url: 'http://127.0.0.1', clock, root, secrets, ...(mail ? { mail } : {}) }));

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'release-mail-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('e-mail without a server', () => {
  it('E-106: writes an .eml and a .txt that a person can send', async () => {
    const { files } = await mailWith({ from: 'release@rur2.example' }).send(
      letter,
      'release-complete-v2.1.0',
    );
    expect(files.map((file) => file.slice(root.length + 1))).toEqual([
      '.release/outbox/release-complete-v2.1.0.eml',
      '.release/outbox/release-complete-v2.1.0.txt',
    ]);
    const [eml = '', txt = ''] = files.map((file) => readFileSync(file, 'utf8'));
    expect(eml).toContain('From: release@rur2.example\r\nTo: board@rur2.example, team@rur2.example\r\n');
    expect(eml).toContain('Date: Wed, 01 Oct 2025 14:00:00 +0000');
    expect(eml).toContain('<p>All the words.</p>');
    expect(txt).toContain('All the words.');
  });

  it('keeps the files to their owner, and never lets a subject add a header', async () => {
    const { files } = await mailWith({ from: 'release@rur2.example' }).send(letter, 'x');
    expect(files.map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600]);
    expect(readFileSync(files[0] ?? '', 'utf8')).not.toMatch(/^Bcc:/m);
  });

  it('never overwrites, and never leaves the outbox', async () => {
    const mail = mailWith({ from: 'release@rur2.example', outbox: 'out' });
    await mail.send(letter, '../../etc/passwd');
    writeFileSync(join(root, 'out', 'x-2.txt'), 'mine');
    await mail.send(letter, 'x');
    await mail.send(letter, 'x');
    expect(readdirSync(join(root, 'out')).sort()).toEqual([
      'etc-passwd.eml',
      'etc-passwd.txt',
      'x-2.txt',
      'x-3.eml',
      'x-3.txt',
      'x.eml',
      'x.txt',
    ]);
    expect(readFileSync(join(root, 'out', 'x-2.txt'), 'utf8')).toBe('mine');
  });

  it('refuses when the configuration has no mail at all', async () => {
    await expect(mailWith(undefined).send(letter, 'x')).rejects.toMatchObject({
      code: 'E_MAIL_REFUSED',
      text: { state: 'untouched' },
    });
  });
});

describe('e-mail by SMTP', () => {
  const settings = { from: 'release@rur2.example', smtp: '$SMTP' };

  it('hands the letter to the server and writes no file', async () => {
    const server = await startMailServer();
    const sent = await mailWith(settings, { $SMTP: server.url }).send(letter, 'x');
    await server.close();
    expect(sent.files).toEqual([]);
    expect(sent.messageId).toContain('@');
    expect(server.letters).toHaveLength(1);
    expect(readdirSync(root)).toEqual([]);
  });

  it('calls it a failure when the server takes only some addresses', async () => {
    const server = await startMailServer({ refuse: 'team@rur2.example' });
    const work = mailWith(settings, { $SMTP: server.url }).send(letter, 'x');
    await expect(work).rejects.toMatchObject({ code: 'E_MAIL_REFUSED', text: { state: 'partly-done' } });
    await server.close();
  });

  it('tells a server that is not there as untouched, and shows no password', async () => {
    const server = await startMailServer();
    await server.close();
    const secret = server.url.replace('smtp://', 'smtp://user:canary-password@');
    const error: unknown = await mailWith(settings, { $SMTP: secret })
      .send(letter, 'x')
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'E_MAIL_UNREACHABLE', text: { state: 'untouched' } });
    expect(inspect(error, { depth: 9 })).not.toContain('canary');
  });

  it('tells a connection that breaks after the letter as unclear', async () => {
    const server = await startMailServer({ dropAfterData: true });
    const work = mailWith(settings, { $SMTP: server.url }).send(letter, 'x');
    await expect(work).rejects.toMatchObject({ text: { state: 'unclear' } });
    await server.close();
    expect(server.letters).toHaveLength(1);
  });
});
