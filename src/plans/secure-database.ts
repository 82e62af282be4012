import type { PlanEntry } from '../domain/plan.ts';
import type { Runbook } from '../kit.ts';
import { backUp } from '../steps/neon/back-up.ts';
import { openBackup } from '../steps/neon/open-backup.ts';
import { markRestorePoint } from '../steps/postgres/mark-restore-point.ts';
import { takeBaseline } from '../steps/postgres/take-baseline.ts';

/** Restore point, a backup that was opened, and the numbers that must still hold afterwards. */
export function secureDatabase(
  facts: { readonly version: string; readonly run: string },
  runbook: Runbook,
  env: string,
): PlanEntry[] {
  const environment = runbook.environments[env];
  const name = `pre-${facts.version}-${facts.run.slice(-4)}`;
  return [
    ...(environment?.database ? [markRestorePoint.with({ env }, { name: 'restore-point' })] : []),
    ...(environment?.neon
      ? [
          backUp.with({ env, name }, { name: 'backup', usualMs: 20_000 }),
          ...(environment.database
            ? [openBackup.with({ env, backup: 'backup', name }, { name: 'open-backup' })]
            : []),
        ]
      : []),
    ...(environment?.database && runbook.integrity.length > 0
      ? [takeBaseline.with({ env }, { name: 'baseline' })]
      : []),
  ];
}
