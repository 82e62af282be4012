import { existsSync, readFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { ReleaseError } from '../../domain/failure.ts';
import { GENERATOR } from '../../report/page/write-page.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';

/** A file that a report is written to, absolute. */
export interface PagePlace {
  readonly file: string;
  /** True when an earlier report is there. */
  readonly isAnew: boolean;
}

const foreign = (file: string): ReleaseError =>
  new ReleaseError('E_FILE_EXISTS', {
    what: `${file} exists and is no report of this program.`,
    why: 'What is there is never overwritten.',
    next: 'Name another file: --out incident.html',
    state: 'untouched',
  });

function place(file: string): PagePlace {
  if (!existsSync(file)) return { file, isAnew: false };
  const isOurs = readFileSync(file, 'utf8')
    .slice(0, 2000)
    .includes(`<meta name="generator" content="${GENERATOR}">`);
  if (!isOurs) throw foreign(file);
  return { file, isAnew: true };
}

/**
 * Where the report of a run goes: every .html that --out names, else `.release/reports/<run>.html` beside the configuration. Throws
 * E_FILE_EXISTS for a file that is something else, before anything is written.
 */
export function placePages(
  run: string,
  { cwd, flags }: Pick<CliContext, 'cwd' | 'flags'>,
  { root }: Pick<Wired, 'root'>,
): readonly PagePlace[] {
  const named = flags.out.filter((file) => extname(file).toLowerCase() === '.html');
  const files = named.map((file) => resolve(cwd, file));
  const own = join(root, '.release/reports', `${run.replace(/[^\w.-]/g, '-')}.html`);
  return (files.length > 0 ? files : [own]).map(place);
}
