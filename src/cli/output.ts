import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Writable } from 'node:stream';
import type { JsonObject } from '../domain/json.ts';
import type { Redact } from '../domain/redact.ts';
import { fitScreen } from '../report/fit-screen.ts';
import { toAscii } from '../report/glyphs.ts';
import type { Output } from './context.ts';
import { redactDeep } from './redactor.ts';
import type { StreamFacts } from './terminal-facts.ts';

/** Resolves when the stream has handed on what was written, or when nobody reads it any more. */
const drain = (stream: Writable): Promise<void> =>
  new Promise((done) => {
    if (stream.destroyed || !stream.writable) return done();
    stream.once('error', () => done());
    stream.once('close', () => done());
    stream.write('', () => done());
  });

function writeWhole(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  // Written beside and renamed: a reader, or a crash, never meets half a file.
  const beside = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(beside, text);
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

/**
 * A runner of GitHub takes a line that begins with `::` for a command, and `##[` anywhere; the words of others stand in
 * our lines and must not speak to it.
 */
const disarmOld = (text: string): string => text.replace(/##\[/g, '# #[');
const disarmText = (text: string): string => disarmOld(text.replace(/^(\s*):(?=:)/gm, '$1: '));

/** The same value in another spelling. */
const disarmJson = (text: string): string => text.replace(/##\[/g, '#\\u0023[');

/** What a voice needs. */
interface Voice {
  readonly stdout: Writable & StreamFacts;
  readonly stderr: Writable & StreamFacts;
  readonly redact: Redact;
  /** Plain characters only, on both streams; JSON and files keep every letter. */
  readonly ascii: boolean;
  readonly cwd: string;
  /** Columns of the screen that shows a stream, asked for each text: a window is made smaller while we speak. */
  readonly screenOf?: (stream: StreamFacts) => number | undefined;
  /** True where a runner reads both streams for commands to itself. */
  readonly isWorkflow?: boolean;
}

/** The program's voice over two streams. Errors of a pipe are swallowed: a run outlives its reader. */
export function makeOutput(voice: Voice): Output {
  const { stdout, stderr, redact, ascii, cwd, screenOf, isWorkflow = false } = voice;
  for (const stream of [stdout, stderr]) stream.on('error', () => undefined);
  const put = (stream: Writable, text: string): void => {
    if (!stream.destroyed && stream.writable) stream.write(redact(text));
  };
  const disarm = isWorkflow ? disarmText : (text: string) => text;
  const say = (text: string): string => disarm(redact(ascii ? toAscii(text) : text));
  const show = (stream: Writable & StreamFacts, text: string): void => {
    const columns = screenOf?.(stream);
    put(stream, `${columns === undefined ? say(text) : fitScreen(say(text), columns)}\n`);
  };
  return {
    result: (text, isFile = false) => (isFile ? put(stdout, `${say(text)}\n`) : show(stdout, text)),
    // Redacted value by value, then once more as text: a secret must not hide in its JSON spelling.
    json: (document: JsonObject) =>
      put(stdout, `${disarmJson(JSON.stringify(redactDeep(document, redact)))}\n`),
    note: (text) => show(stderr, text),
    command: (line) => put(stderr, `${disarmOld(line)}\n`),
    file: (path, text) => writeWhole(resolve(cwd, path), redact(text)),
    flush: async () => {
      await Promise.all([drain(stdout), drain(stderr)]);
    },
  };
}
