import type { Reading, Sampler } from '../../../engine/watch/sampler.ts';
import { runSmoke } from '../../../steps/app/smoke/run-smoke.ts';
import type { SourceWorld } from './source-world.ts';

/** The whole scenario once: what users do, creation, payment and export among it (MON-08, MON-09; E-72, E-75). */
export function makeScenario(name: string, everyMs: number, world: SourceWorld): Sampler {
  const { services, env, runbook, clock, secrets } = world.wired;
  const inRow = new Map<string, number>();
  const endpointOf = new Map(
    (runbook.smoke?.calls ?? []).map((call) => [
      call.id,
      runbook.budgets[call.budget]?.endpoint ?? call.path,
    ]),
  );
  return {
    name,
    everyMs,
    metrics: ['failed-critical-probes'],
    sample: async (signal) => {
      const order = { env, version: world.version, run: world.run, runbook, clock, signal };
      const secret = (key: string): string => secrets.read(key);
      const report = await runSmoke(services, {
        ...order,
        secret,
        tell: () => undefined,
        samples: 1,
        writeSamples: 1,
      });
      for (const left of report.cleanup.left) world.context.out.note(`  left behind: ${left}`);
      const critical = new Set(
        (runbook.smoke?.calls ?? []).filter((call) => call.critical).map(({ id }) => id),
      );
      return report.endpoints
        .filter(({ id, n }) => critical.has(id) && n > 0)
        .map(({ id, errors }): Reading => {
          inRow.set(id, errors > 0 ? (inRow.get(id) ?? 0) + 1 : 0);
          const series = endpointOf.get(id) ?? id;
          return { metric: 'failed-critical-probes', series, source: name, value: inRow.get(id) ?? 0 };
        });
    },
  };
}
