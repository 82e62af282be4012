import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReleaseError } from '../domain/failure.ts';
import { splitWords } from '../domain/split-words.ts';
import { type Edited, runEditor } from '../services/shell/edit.ts';
import { answeredNo } from './ask.ts';
import type { CliContext } from './context.ts';

const noTerminal = (): ReleaseError =>
  new ReleaseError('E_INPUT_OFF', {
    what: 'An editor needs a terminal, and this is none, or input is off (--no-input).',
    next: 'Leave --edit out, or say it at a terminal.',
    state: 'untouched',
  });

const noEditor = (): ReleaseError =>
  new ReleaseError('E_EDITOR', {
    what: 'No editor is set.',
    why: '--edit opens the one that VISUAL or EDITOR names.',
    next: 'export EDITOR=nano, or leave --edit out.',
    state: 'untouched',
  });

const sayEnd = (end: Exclude<Edited, { code: 0 }>): string => {
  if ('failed' in end) return `could not be started: ${end.failed}`;
  return 'signal' in end ? `was ended by ${end.signal}` : `ended with ${end.code}`;
};

const broke = (name: string, end: Edited, kept: string | undefined): ReleaseError =>
  new ReleaseError('E_EDITOR', {
    what: `The editor ${name} ${sayEnd(end)}. Nothing was done.`,
    next: kept === undefined ? 'Try again, or leave --edit out.' : `What was written by then is in ${kept}.`,
    state: 'untouched',
  });

/** The text without the comment above it; undefined: nothing is left. */
function readText(file: string, hint: string): string | undefined {
  const text = readFileSync(file, 'utf8').replace(/\r\n?/g, '\n');
  const own = text.startsWith(hint) ? text.slice(hint.length) : text;
  return own.trim() === '' ? undefined : own.trim();
}

/**
 * A text as a person leaves it in their editor, below `hint`, a comment that is taken off. Nobody else can read the file, which goes away
 * again, unless the editor died: then what was written is kept. Throws E_INPUT_OFF without a terminal, E_EDITOR (2), and E_ANSWERED_NO
 * (130) for an empty text or a stop meanwhile.
 */
export async function editText(
  name: string,
  { text, hint }: { readonly text: string; readonly hint: string },
  { env, terminal, stop }: Pick<CliContext, 'env' | 'terminal' | 'stop'>,
): Promise<string> {
  if (!terminal.canAsk || !terminal.stderrIsTty) throw noTerminal();
  const words = splitWords([env.VISUAL, env.EDITOR].find((one) => one?.trim()) ?? '');
  const [editor] = words;
  if (editor === undefined) throw noEditor();
  const folder = mkdtempSync(join(tmpdir(), 'release-edit-'));
  chmodSync(folder, 0o700);
  const file = join(folder, name);
  writeFileSync(file, `${hint}${text}\n`, { mode: 0o600 });
  let isKept = false;
  try {
    const end = await runEditor([...words, file], env);
    const written = readText(file, hint);
    if (!('code' in end && end.code === 0)) {
      isKept = written !== undefined && written !== text.trim();
      throw broke(editor, end, isKept ? file : undefined);
    }
    if (written === undefined || stop.stopping) throw answeredNo();
    return written;
  } finally {
    if (!isKept) rmSync(folder, { recursive: true, force: true });
  }
}
