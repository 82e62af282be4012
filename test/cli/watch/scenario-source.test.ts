import { describe, expect, it } from 'vitest';
import { makeScenario } from '../../../src/cli/watch/sources/scenario.ts';
import type { SourceWorld } from '../../../src/cli/watch/sources/source-world.ts';
import type { Services } from '../../../src/services/services.ts';
import { makeScriptedWeb } from '../../support/scripted-web.ts';
import { gitAlone, makeCliWorld } from '../cli-world.ts';

const budget = (endpoint: string) => ({ row: 'PER-05', endpoint, p95Ms: 400, errorPercent: 1 });
const CREATE = 'POST /api/assessments';
const EXPORT = 'POST /api/assessments/:id/export';
const DOWNLOAD = 'GET /api/exports/:id/download';
const runbook = gitAlone({
  budgets: { create: budget(CREATE), export: budget(EXPORT), download: budget(DOWNLOAD) },
  smoke: {
    calls: [
      {
        ...{ id: 'create', row: 'SMK-06', method: 'POST', path: '/api/assessments', budget: 'create' },
        ...{ json: { name: '{run}' }, capture: { assessmentId: 'id' }, writes: true, critical: true },
        undo: { path: '/api/assessments/{assessmentId}' },
      },
      {
        ...{ id: 'export', row: 'SMK-12', method: 'POST', budget: 'export', writes: true },
        ...{ path: '/api/assessments/{assessmentId}/export', capture: { exportId: 'exportId' } },
      },
      {
        ...{ id: 'download', row: 'SMK-13', path: '/api/exports/{exportId}/download', budget: 'download' },
        starts: '%PDF-',
      },
    ],
  },
});

type Broken = 'nothing' | 'creation' | 'export' | 'file';

/** What the source tells of an application, asked once for each state. */
async function tell(states: readonly Broken[]) {
  let broken: Broken = 'nothing';
  const { web, asked } = makeScriptedWeb(({ method, path }) => {
    if (method === 'DELETE') return { status: 204 };
    if (path === '/api/assessments') return broken === 'creation' ? { status: 500 } : { json: { id: 7 } };
    if (path.endsWith('/export')) return broken === 'export' ? { status: 500 } : { json: { exportId: 'e' } };
    return { text: broken === 'file' ? '<html>' : '%PDF-1.4' };
  });
  const { wired, context } = makeCliWorld({ runbook });
  const world: SourceWorld = {
    ...{ context, version: 'v2.1.0', run: 'w-1', facts: {}, open: 0, now: () => 0 },
    ago: (ms) => new Date(-ms),
    wired: { ...wired, services: { ...wired.services, web: { ...wired.services.web, ...web } } as Services },
  };
  const source = makeScenario('scenario', 240_000, world);
  const told: string[][] = [];
  for (broken of states) {
    const readings = await source.sample(new AbortController().signal);
    told.push(readings.map((one) => `${one.metric} ${one.series} ${'value' in one ? one.value : ''}`));
  }
  return { told, asked, metrics: source.metrics };
}

describe('the scenario as a measurement', () => {
  it('MON-08: creates an assessment and takes it away, and counts the times in a row that it could not', async () => {
    const { told, asked } = await tell(['nothing', 'creation', 'creation', 'nothing']);
    expect(told.map(([first]) => first)).toEqual(
      [0, 1, 2, 0].map((times) => `failed-critical-probes ${CREATE} ${times}`),
    );
    expect(asked.filter(({ method }) => method === 'DELETE').map(({ path }) => path)).toContain(
      '/api/assessments/7',
    );
  });

  it('MON-09: asks for an export and looks into its file; one that failed is an impaired feature', async () => {
    const { told, metrics } = await tell(['nothing', 'file', 'export']);
    expect(metrics).toEqual(['failed-critical-probes', 'failed-features']);
    expect(told[0]).toContain(`failed-features ${DOWNLOAD} 0`);
    expect(told[1]).toContain(`failed-features ${DOWNLOAD} 1`);
    expect(told[2]).toContain(`failed-features ${EXPORT} 1`);
  });

  it('MON-09: what could not be asked is told neither as good nor as bad', async () => {
    const { told } = await tell(['export']);
    expect(told[0]?.some((one) => one.includes(DOWNLOAD))).toBe(false);
  });
});
