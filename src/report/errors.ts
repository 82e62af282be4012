import type { ReleaseError, StateAfter } from '../domain/failure.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Paint } from './color.ts';
import { padTo, wrapWords } from './table.ts';

const NOW: Record<StateAfter, string> = {
  untouched: 'Nothing was changed.',
  'partly-done': 'Some of it is done: release status says how far it got.',
  unclear: 'It is not known whether it happened: look before you repeat it.',
};

const COLUMNS = 80;

/** Ends with 2 as well, and comes when a command has shown its plan already: whoever reads it must not wonder. */
const AT_WORK = 'E_INPUT_OFF';

/** One labelled part, wrapped under itself; lines of the text that are already broken stay so. */
function part(label: string, text: string): string[] {
  const [first = '', ...rest] = text.split('\n').flatMap((line) => wrapOrKeep(line));
  return [`  ${label}  ${first}`, ...rest.map((line) => `       ${line}`)];
}

// A line with its own indentation is a quotation (source line and caret): wrapping would break it.
const wrapOrKeep = (line: string): string[] => (/^\s/.test(line) ? [line] : wrapWords(line, COLUMNS - 7));

/** The code ends the line, or has one of its own: a terminal would break it in two. */
function withCode(line: string, code: string): string {
  const left = COLUMNS - code.length;
  return line.length + 2 > left ? `${line}\n${' '.repeat(left)}${code}` : `${padTo(line, left)}${code}`;
}

/** The four parts for people, on stderr: what, why, next (`fix`), state (`now`); `see` when something helps. */
export function sayError(error: ReleaseError, exitCode: number, paint: Paint): string {
  const { what, why, next, state, see, at } = error.text;
  const place = at ? `${at.file}:${at.line}:${at.col}  ` : '';
  const [head = '', ...more] = what.split('\n');
  // Exit 2 says by definition that nothing was done; repeating it under every typing error is noise.
  const isTyping = exitCode === 2 && state === 'untouched' && error.code !== AT_WORK;
  const now = isTyping ? [] : part('now', NOW[state]);
  const first = withCode(`${place}error  ${head}`, error.code);
  return [
    first.replace('error', paint.bad('error')),
    ...more.map((line) => `       ${line}`),
    ...(why ? part('why', why) : []),
    ...part('fix', next),
    ...now,
    ...(see ? part('see', see) : []),
  ].join('\n');
}

/** The same as data, for the JSON envelope. */
export function errorAsJson(error: ReleaseError): JsonObject {
  const { what, why, next, state, see, at } = error.text;
  return {
    code: error.code,
    message: what,
    why: why ?? null,
    fix: next,
    state,
    see: see ?? null,
    at: at ? { ...at } : null,
  };
}
