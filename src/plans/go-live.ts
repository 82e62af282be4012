import type { PlanEntry } from '../domain/plan.ts';
import { saidBy } from '../domain/version.ts';
import { gate, type Runbook } from '../kit.ts';
import { smokeTest } from '../steps/app/smoke-test.ts';
import { warmUp } from '../steps/app/warm-up.ts';
import { proveLive } from '../steps/host/prove-live.ts';
import { publish } from '../steps/host/publish.ts';

/**
 * Published, proven and tested; nothing where no host is configured. `commitOf` is the entry that knows the commit. Of a
 * candidate the application may say the number of the release or the candidate's own name.
 */
export function goLive(
  { version, commitOf }: { readonly version: string; readonly commitOf: string },
  runbook: Runbook,
  env: string,
): PlanEntry[] {
  if (runbook.environments[env]?.host === undefined) return [];
  const said = saidBy(version);
  const input = { env, ...said, commitOf, commit: '' };
  return [
    publish.with(input, { name: 'publish', usualMs: 240_000 }),
    proveLive.with({ env, ...said, commitOf }, { name: 'prove-live', redoes: 'publish' }),
    ...(runbook.smoke
      ? [
          warmUp.with({ env }, { name: 'warm-up' }),
          smokeTest.with({ env, version: said.version }, { name: 'smoke', usualMs: 90_000 }),
          gate('smoke', 'Smoke tests say go', 'gate-smoke'),
        ]
      : []),
  ];
}
