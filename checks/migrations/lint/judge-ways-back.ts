import type { Judgement } from '../../../src/kit.ts';
import type { PendingFile } from './read-set.ts';
import { wayBackOf } from './way-back-of.ts';

const placeOf = ({ path: file, backPath }: PendingFile) => ({
  file,
  line: 1,
  column: 1,
  rule: 'missing-rollback-file',
  level: 'error',
  message: `has no rollback script. Write ${backPath}, or say in the file: -- irreversible: <reason>`,
});

function judgeOneWay(oneWay: readonly string[]): Judgement {
  return {
    outcome: 'warn',
    said: oneWay.join('; '),
    remedy: 'A rollback keeps this schema; make sure that the old code can live with it.',
  };
}

/** One script with a statement for each file, or a reason in the file (E-55). */
export function judgeWaysBack(pending: readonly PendingFile[]): Judgement {
  const ways = pending.map((file) => ({ file, way: wayBackOf(file) }));
  const bare = ways.filter(({ way }) => way.is === 'missing').map(({ file }) => file);
  if (bare.length > 0)
    return {
      outcome: 'fail',
      said: `no rollback script for ${bare.map((file) => file.path).join(', ')}`,
      remedy: `Write ${bare[0]?.backPath}, or say in the file: -- irreversible: <reason>`,
      evidence: { places: bare.map(placeOf) },
    };
  const oneWay = ways.flatMap(({ file, way }) =>
    way.is === 'irreversible' ? [`${file.path} cannot go back: ${way.because}`] : [],
  );
  if (oneWay.length > 0) return judgeOneWay(oneWay);
  const said = pending.length === 0 ? 'nothing is pending' : `${pending.length} pending, each with a script`;
  return { outcome: 'pass', said };
}
