import { classOf } from '../../../checks/migrations/lint/class-of.ts';
import type { FileReport } from '../../../checks/migrations/lint/lint-file.ts';
import { lintSet } from '../../../checks/migrations/lint/lint-set.ts';
import { readSplit } from '../../../checks/migrations/lint/read-split.ts';
import type { RuleClass } from '../../../checks/migrations/lint/rule.ts';
import { type WayBack, wayBackOf } from '../../../checks/migrations/lint/way-back-of.ts';
import { isReleaseError } from '../../domain/failure.ts';
import { findPending, readMigrations } from '../../kit.ts';
import type { Wired } from '../wired.ts';

/** A migration that a release brings. */
export interface RangeFile {
  readonly path: string;
  readonly class: RuleClass;
  /** What makes it that, like `drops table notes`; empty for a safe one. */
  readonly said: string;
  readonly wayBack: WayBack;
}

/** The migrations between two releases; `unknown`: why nobody can say. */
export interface Range {
  readonly files: readonly RangeFile[];
  /** Files that went out with another text. */
  readonly edited: readonly string[];
  readonly unknown?: string;
}

const NOTHING: Range = { files: [], edited: [] };

function classify(reports: readonly FileReport[], path: string): Pick<RangeFile, 'class' | 'said'> {
  const remarks = reports.find((one) => one.path === path)?.remarks ?? [];
  const worst = classOf(remarks);
  const said = worst === 'safe' ? '' : (remarks.find((one) => one.class === worst)?.said ?? '');
  return { class: worst, said };
}

async function compare(
  { services, runbook }: Wired,
  settings: NonNullable<Wired['runbook']['migrations']>,
  before: string | undefined,
  commit: string,
): Promise<Range> {
  const files = await readMigrations(services.git, commit, settings);
  const old = before === undefined ? [] : await readMigrations(services.git, before, settings);
  const fresh = findPending(
    files,
    old.map(({ tag, hash }) => ({ name: tag, hash })),
  );
  const known = new Map(old.map(({ tag, hash }) => [tag, hash]));
  const edited = files.filter(({ tag, hash }) => known.has(tag) && known.get(tag) !== hash);
  const set = await readSplit(services.sql, settings, files, fresh);
  const reports = lintSet(set, runbook.migrations?.lintNotes === true);
  return {
    files: set.pending.map((file) => ({
      path: file.path,
      ...classify(reports, file.path),
      wayBack: wayBackOf(file),
    })),
    edited: edited.map(({ tag }) => `${settings.folder}/${tag}.sql`),
  };
}

/**
 * Which migrations a release brings, and what each does to a database that people use: by the files of both versions alone,
 * no environment is asked. A journal that cannot be read is told as `unknown`: the gate refuses it, and says more.
 */
export async function readRange(wired: Wired, before: string | undefined, commit: string): Promise<Range> {
  const settings = wired.runbook.migrations;
  if (settings === undefined) return NOTHING;
  try {
    return await compare(wired, settings, before, commit);
  } catch (error) {
    if (!isReleaseError(error)) throw error;
    return { ...NOTHING, unknown: error.text.what };
  }
}
