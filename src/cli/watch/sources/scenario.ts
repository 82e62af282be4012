import type { Reading, Sampler } from '../../../engine/watch/sampler.ts';
import { runSmoke } from '../../../steps/app/smoke/run-smoke.ts';
import type { SourceWorld } from './source-world.ts';

type Call = NonNullable<SourceWorld['wired']['runbook']['smoke']>['calls'][number];

/** Critical calls call for a rollback at once; the others are features without which users can still work (RBC-P2-3). */
const metricOf = ({ critical }: Call): string => (critical ? 'failed-critical-probes' : 'failed-features');

/** The whole scenario once: what users do, creation, payment and export among it (MON-08, MON-09; E-72, E-75). */
export function makeScenario(name: string, everyMs: number, world: SourceWorld): Sampler {
  const { services, env, runbook, clock, secrets } = world.wired;
  const inRow = new Map<string, number>();
  const calls = new Map((runbook.smoke?.calls ?? []).map((call) => [call.id, call]));
  const seriesOf = ({ budget, path }: Call): string => runbook.budgets[budget]?.endpoint ?? path;
  return {
    name,
    everyMs,
    metrics: [...new Set([...calls.values()].map(metricOf))],
    startOver: () => inRow.clear(),
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
      return report.endpoints.flatMap(({ id, errors, n }): Reading[] => {
        const call = calls.get(id);
        if (call === undefined || n === 0) return [];
        inRow.set(id, errors > 0 ? (inRow.get(id) ?? 0) + 1 : 0);
        return [{ metric: metricOf(call), series: seriesOf(call), source: name, value: inRow.get(id) ?? 0 }];
      });
    },
  };
}
