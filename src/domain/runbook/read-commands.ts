import type { Command, Fence, Statement } from './document.ts';

const SHELLS = ['bash', 'sh', 'shell', 'zsh', 'console', 'shell-session', 'terminal'];

/** Programs that runbooks call; a line that begins with one of them is to be run. */
const PROGRAM =
  /^(?:\$ )?(?:sudo )?(?:git|curl|wget|npm|npx|yarn|pnpm|psql|pg_\w+|createdb|dropdb|docker|kubectl|helm|aws|gcloud|az|heroku|fly|flyctl|vercel|replit|stripe|ssh|scp|rsync|make|node|python3?|openssl|dig|nslookup|grep|mysql|redis-cli|terraform|ansible(?:-playbook)?|systemctl|\.\/[\w./-]+)\b/;

const isComment = (line: string): boolean => /^\s*#(?!!)/.test(line);
const withoutMark = (line: string): string => line.replace(/^\s*#+\s?/, '').trim();

/** What a fence holds: by its word, and without one by whether its first line calls a program. */
export function kindOfFence(lang: string, lines: readonly string[]): Fence['kind'] {
  if (SHELLS.includes(lang)) return 'shell';
  if (/^(sql|postgres|postgresql|psql|pgsql)$/.test(lang)) return 'sql';
  const first = lines.find((line) => line.trim() !== '' && !isComment(line)) ?? '';
  return lang === '' && PROGRAM.test(first.trim()) ? 'shell' : 'text';
}

/** Comments without a gap, going one way from a line. */
function commentsFrom(lines: readonly string[], from: number, step: 1 | -1): number[] {
  const found: number[] = [];
  for (let at = from; isComment(lines[at] ?? ''); at += step) found.push(at);
  return found;
}

/** How many lines a command takes: each but the last ends in a backslash. */
function lengthOf(lines: readonly string[], from: number): number {
  let length = 1;
  while (/\\\s*$/.test(lines[from + length - 1] ?? '') && from + length < lines.length) length += 1;
  return length;
}

function commandAt(fence: Fence, from: number, length: number): Command {
  const { lines, section } = fence;
  const spotOf = (i: number) => ({ line: fence.line + 1 + i, col: (lines[i]?.search(/\S/) ?? 0) + 1 });
  const text = lines.slice(from, from + length).map((line) => line.replace(/\\\s*$/, '').trim());
  return {
    ...spotOf(from),
    text: text.join(' ').replace(/^\$ /, ''),
    above: commentsFrom(lines, from - 1, -1).map((i) => withoutMark(lines[i] ?? '')),
    below: commentsFrom(lines, from + length, 1).map((i) => ({
      ...spotOf(i),
      text: withoutMark(lines[i] ?? ''),
    })),
    section,
    fence,
  };
}

/** The commands of a shell block, in order. */
export function fenceCommands(fence: Fence): readonly Command[] {
  if (fence.kind !== 'shell') return [];
  const found: Command[] = [];
  for (let i = 0; i < fence.lines.length; ) {
    const line = fence.lines[i] ?? '';
    const length = lengthOf(fence.lines, i);
    if (line.trim() !== '' && !isComment(line)) found.push(commandAt(fence, i, length));
    i += length;
  }
  return found;
}

/** Commands between back-ticks in a line of prose. */
export function inlineCommands(
  { line, kind, section }: Statement,
  lines: readonly string[],
): readonly Command[] {
  if (kind === 'cell') return [];
  return [...(lines[line - 1] ?? '').matchAll(/`([^`]+)`/g)].flatMap((code) => {
    const text = code[1] ?? '';
    const spot = { line, col: code.index + 2 };
    return PROGRAM.test(text) && /\s/.test(text)
      ? [{ ...spot, text, above: [], below: [], section, fence: undefined }]
      : [];
  });
}
