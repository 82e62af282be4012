import type { Judgement } from '../../../src/kit.ts';
import type { PendingFile } from './read-set.ts';

const IRREVERSIBLE = /^--\s*irreversible:\s*(\S.*)$/i;

/** Comments alone are no script; one that cannot be read is for migrations.lint to refuse. */
const hasScript = ({ back }: PendingFile): boolean =>
  back !== undefined && (!back.read.ok || back.read.statements.length > 0);

/** Why a file cannot be taken back, in the words of its own comment; undefined when it does not say. */
const reasonOf = ({ read }: PendingFile): string | undefined =>
  read.comments.map(({ text }) => IRREVERSIBLE.exec(text.trimEnd())?.[1]).find(Boolean);

const placeOf = ({ path: file, backPath }: PendingFile) => ({
  file,
  line: 1,
  column: 1,
  rule: 'missing-rollback-file',
  level: 'error',
  message: `has no rollback script. Write ${backPath}, or say in the file: -- irreversible: <reason>`,
});

function judgeOneWay(oneWay: readonly PendingFile[]): Judgement {
  return {
    outcome: 'warn',
    said: oneWay.map((file) => `${file.path} cannot go back: ${reasonOf(file)}`).join('; '),
    remedy: 'A rollback keeps this schema; make sure that the old code can live with it.',
  };
}

/** One script with a statement for each file, or a reason in the file (E-55). */
export function judgeWaysBack(pending: readonly PendingFile[]): Judgement {
  const without = pending.filter((file) => !hasScript(file));
  const bare = without.filter((file) => reasonOf(file) === undefined);
  if (bare.length > 0)
    return {
      outcome: 'fail',
      said: `no rollback script for ${bare.map((file) => file.path).join(', ')}`,
      remedy: `Write ${bare[0]?.backPath}, or say in the file: -- irreversible: <reason>`,
      evidence: { places: bare.map(placeOf) },
    };
  if (without.length > 0) return judgeOneWay(without);
  const said = pending.length === 0 ? 'nothing is pending' : `${pending.length} pending, each with a script`;
  return { outcome: 'pass', said };
}
