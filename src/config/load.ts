import { createHash } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import type { YAMLError } from 'yaml';
import { checkAliases } from './check-aliases.ts';
import { checkKeys } from './check-keys.ts';
import { checkShape } from './check-shape.ts';
import { locateConfig, nameOf, readConfig } from './find-file.ts';
import { findWrittenSecrets, hideSecrets } from './find-written-secrets.ts';
import { parseSource, type Source } from './parse-yaml.ts';
import { findPlace, isWritten, type Path, problemInRange } from './place.ts';
import { ConfigError, type Place, type Problem } from './problem.ts';
import type { Runbook } from './schema/index.ts';
import { checkSense } from './sense/check-sense.ts';

/** Where a value of the configuration (or its key) comes from: its place in the file, or a default. */
export type Origin = (path: Path, at?: 'key' | 'value') => Place | 'default';

export interface Loaded {
  readonly runbook: Runbook;
  /** Absolute path. */
  readonly file: string;
  /** Folder of the file; relative paths start here. */
  readonly root: string;
  /** sha256 of the checked configuration: comments and formatting do not count. */
  readonly digest: string;
  readonly warnings: readonly Problem[];
  readonly origin: Origin;
}

/** Everything that is wrong with a text, and the checked configuration when its shape is right. */
export interface Checked {
  readonly runbook?: Runbook;
  readonly problems: readonly Problem[];
  readonly source: Source;
}

const saySyntax = (source: Source, { code, message, pos }: YAMLError): string => {
  if (code === 'MULTIPLE_DOCS') return 'a second document begins here, and a configuration is one';
  if (code !== 'DUPLICATE_KEY') return message.split('\n')[0] ?? message;
  const key = /^[^:\s]*/.exec(source.text.slice(pos[0], pos[0] + 80))?.[0];
  return `the key "${key}" stands here for the second time`;
};

const syntaxProblems = (source: Source): Problem[] => [
  ...source.document.errors.map((one) => problemInRange(source, one.pos, saySyntax(source, one))),
  ...source.document.warnings.map((one) => problemInRange(source, one.pos, saySyntax(source, one), 'warn')),
];

const holds = (outer: Problem, inner: Problem): boolean =>
  outer.line === inner.line && outer.col <= inner.col && inner.col < outer.col + outer.width;

/** One place gets one message: a written secret is also no secret's name. */
const withoutEchoes = (first: readonly Problem[], then: readonly Problem[]): Problem[] => [
  ...first,
  ...then.filter((one) => !first.some((other) => holds(one, other))),
];

const inOrder = (problems: readonly Problem[]): Problem[] =>
  [...problems].sort((a, b) => a.line - b.line || a.col - b.col);

/** Checks a text. Pure; `file` is how messages name it. */
export function checkText(file: string, text: string): Checked {
  const parsed = parseSource(file, text);
  const syntax = syntaxProblems(parsed);
  if (parsed.document.errors.length > 0) return { problems: syntax, source: parsed };
  return checkParsed(parsed, syntax);
}

function checkParsed(parsed: Source, syntax: readonly Problem[]): Checked {
  const unsafe = [...checkKeys(parsed), ...checkAliases(parsed)];
  if (unsafe.length > 0) return { problems: inOrder([...syntax, ...unsafe]), source: parsed };
  const source = unlessBomb(parsed);
  if ('severity' in source) return { problems: [...syntax, source], source: parsed };
  const written = findWrittenSecrets(source);
  const { runbook, problems } = checkShape(source);
  const all = [...syntax, ...withoutEchoes(written, problems)];
  if (runbook === undefined) return { problems: inOrder(all), source };
  return { runbook, problems: inOrder([...all, ...checkSense(source, runbook)]), source };
}

// A few hundred bytes of aliases can stand for a terabyte of values (T18). The parser refuses to expand them.
function unlessBomb(parsed: Source): Source | Problem {
  try {
    return hideSecrets(parsed);
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    return problemInRange(parsed, [0, 1], 'the aliases of this file stand for too many values');
  }
}

/** sha256 with sorted keys, so that moving a section does not count as a change. */
function digestOf(value: unknown): string {
  const sorted = (_: string, one: unknown): unknown =>
    one !== null && typeof one === 'object' && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one;
  return createHash('sha256').update(JSON.stringify(value, sorted)).digest('hex');
}

/** Reads and checks a file without judging; throws only when it cannot be read. */
export function checkFile(cwd: string, path: string): Checked {
  return checkText(nameOf(resolve(cwd), path), readConfig(path));
}

/** What the rest of the program needs of a configuration that is right; throws ConfigError otherwise. */
export function acceptChecked({ runbook, problems, source }: Checked, path: string): Loaded {
  if (runbook === undefined || problems.some((one) => one.severity === 'error'))
    throw new ConfigError(problems);
  const origin: Origin = (of, at) => (isWritten(source, of) ? findPlace(source, of, at) : 'default');
  return {
    runbook,
    file: path,
    root: dirname(path),
    digest: digestOf(runbook),
    warnings: problems,
    origin,
  };
}

/** Reads and checks the configuration. Throws ConfigError (E_CONFIG_INVALID) with every problem at once. */
export function loadRunbook(options: { readonly cwd: string; readonly file?: string | undefined }): Loaded {
  const path = locateConfig(options.cwd, options.file);
  return acceptChecked(checkFile(options.cwd, path), path);
}
