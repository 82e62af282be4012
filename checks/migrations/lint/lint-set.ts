import { inspectControl } from '../rules/transactions.ts';
import { hitOfRefusal } from '../rules/unread.ts';
import type { OrderTrouble } from './find-order-trouble.ts';
import { Known } from './known.ts';
import { learn } from './learn.ts';
import { type FileReport, lintFile, makeRemarks, type SqlFile } from './lint-file.ts';
import type { MigrationSet, PendingFile } from './read-set.ts';
import type { Hit } from './rule.ts';

const ORDER: Readonly<Record<OrderTrouble, string>> = {
  'out-of-order': 'is older than the newest file that is applied',
  'edited-applied': 'was applied with another text',
};

/** A rollback script destroys by its nature; all that is asked of it is that it can run. */
function inspectRollback({ read }: SqlFile): readonly Hit[] {
  return read.ok ? inspectControl(read.statements) : [hitOfRefusal(read.said, read.at)];
}

function reportRollback(file: SqlFile): readonly FileReport[] {
  const remarks = makeRemarks(file.sql, inspectRollback(file));
  return remarks.length === 0 ? [] : [{ path: file.path, hash: '', remarks }];
}

function reportForward(file: PendingFile, known: Known, takesNotes: boolean): FileReport {
  known.turnPage();
  const report = lintFile(file, known, takesNotes);
  if (file.trouble === undefined) return report;
  const order = makeRemarks(file.sql, [{ rule: file.trouble, at: 0, said: ORDER[file.trouble] }]);
  return { ...report, remarks: [...order, ...report.remarks] };
}

function learnHistory(history: readonly SqlFile[]): Known {
  const known = new Known();
  for (const { read } of history) {
    known.turnPage();
    if (!read.ok) known.clear();
    else for (const statement of read.statements) learn(known, statement);
  }
  return known;
}

/** Judges every file of a set, each in the light of those before it. Pure. */
export function lintSet({ history, pending }: MigrationSet, takesNotes: boolean): readonly FileReport[] {
  const known = learnHistory(history);
  const given = new Set(pending.map((file) => file.path));
  return pending.flatMap((file) => {
    if (file.isRollback) return reportRollback(file);
    const forward = reportForward(file, known, takesNotes);
    const back = file.back === undefined || given.has(file.backPath) ? [] : reportRollback(file.back);
    return [forward, ...back];
  });
}
