import type { PlanEntry } from '../domain/plan.ts';
import { bareVersion, releaseOf } from '../domain/version.ts';
import { gate, type Runbook } from '../kit.ts';
import { smokeTest } from '../steps/app/smoke-test.ts';
import { warmUp } from '../steps/app/warm-up.ts';
import { proveLive } from '../steps/host/prove-live.ts';
import { publish } from '../steps/host/publish.ts';

/**
 * Published, proven and tested; nothing where no host is configured. `commitOf` is the entry that knows the commit. The
 * application says the number of the release, also when it is a candidate of it.
 */
export function goLive(
  { version, commitOf }: { readonly version: string; readonly commitOf: string },
  runbook: Runbook,
  env: string,
): PlanEntry[] {
  if (runbook.environments[env]?.host === undefined) return [];
  const number = bareVersion(releaseOf(version));
  const input = { env, version: number, commitOf, commit: '' };
  return [
    publish.with(input, { name: 'publish', usualMs: 240_000 }),
    proveLive.with({ env, version: number, commitOf }, { name: 'prove-live', redoes: 'publish' }),
    ...(runbook.smoke
      ? [
          warmUp.with({ env }, { name: 'warm-up' }),
          smokeTest.with({ env, version: number }, { name: 'smoke', usualMs: 90_000 }),
          gate('smoke', 'Smoke tests say go', 'gate-smoke'),
        ]
      : []),
  ];
}
