import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { ReleaseError } from '../domain/failure.ts';
import { checkSense } from './check-sense.ts';
import { checkShape } from './check-shape.ts';
import { findWrittenSecrets } from './find-written-secrets.ts';
import { MAX_BYTES, parseSource, problemInRange, type Source } from './parse-yaml.ts';
import { ConfigError, type Problem } from './problem.ts';
import type { Runbook } from './schema/index.ts';

export const CONFIG_NAME = 'runbook.config.yaml';

export interface Loaded {
  readonly runbook: Runbook;
  /** Absolute path. */
  readonly file: string;
  /** Folder of the file; relative paths start here. */
  readonly root: string;
  readonly warnings: readonly Problem[];
  readonly source: Source;
}

const noConfig = (): ReleaseError =>
  new ReleaseError('E_CONFIG_MISSING', {
    what: `No ${CONFIG_NAME} here or in any folder above.`,
    next: 'Write one (docs/config.md), or see a whole release without: release demo',
    state: 'untouched',
  });

const unreadable = (file: string, why: string): ReleaseError =>
  new ReleaseError('E_CONFIG_UNREADABLE', {
    what: `${file} cannot be read: ${why}.`,
    next: 'Name the right file with --config.',
    state: 'untouched',
  });

/** The nearest configuration file from `folder` upwards; throws E_CONFIG_MISSING. */
export function findConfig(folder: string): string {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const file = join(at, CONFIG_NAME);
    if (existsSync(file)) return file;
    if (at === dirname(at)) throw noConfig();
  }
}

function readText(file: string): string {
  try {
    if (statSync(file).size > MAX_BYTES) throw unreadable(file, `it is larger than ${MAX_BYTES / 1024} KiB`);
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof ReleaseError) throw error;
    throw unreadable(
      file,
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : 'it is not readable',
    );
  }
}

const syntaxProblems = (source: Source): Problem[] =>
  source.document.errors.map((error) =>
    problemInRange(source, error.pos, error.message.split('\n')[0] ?? 'not YAML'),
  );

/** Everything that is wrong with a text, or the checked configuration with its warnings. */
export function checkText(
  file: string,
  text: string,
): { readonly runbook?: Runbook; readonly problems: readonly Problem[]; readonly source: Source } {
  const source = parseSource(file, text);
  const syntax = syntaxProblems(source);
  if (syntax.length > 0) return { problems: syntax, source };
  const written = findWrittenSecrets(source);
  const { runbook, problems } = readShape(source);
  if (runbook === undefined) return { problems: [...written, ...problems], source };
  return { runbook, problems: [...written, ...checkSense(source, runbook)], source };
}

// The parser refuses a file whose aliases multiply (T18); that is a problem of the file, not of ours.
function readShape(source: Source): ReturnType<typeof checkShape> {
  try {
    return checkShape(source);
  } catch (error) {
    return {
      problems: [problemInRange(source, [0, 1], error instanceof Error ? error.message : 'not readable')],
    };
  }
}

/** Reads and checks the configuration. Throws ConfigError with every problem at once. */
export function loadRunbook({
  cwd,
  file,
}: {
  readonly cwd: string;
  readonly file?: string | undefined;
}): Loaded {
  const path = file === undefined ? findConfig(cwd) : resolve(cwd, file);
  const { runbook, problems, source } = checkText(basename(path), readText(path));
  const errors = problems.filter((one) => one.severity === 'error');
  if (runbook === undefined || errors.length > 0) throw new ConfigError(problems);
  return { runbook, file: path, root: dirname(path), warnings: problems, source };
}
