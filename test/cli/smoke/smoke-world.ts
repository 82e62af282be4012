import { parseWords } from '../../../src/cli/program.ts';
import { runSmoke } from '../../../src/cli/smoke/run-smoke.ts';
import { makeScriptedWeb } from '../../support/scripted-web.ts';
import { endOf, gitAlone, makeCliWorld, type WantedWorld } from '../cli-world.ts';

export const calls = [
  { id: 'health', row: 'SMK-01', path: '/health', budget: 'fast' },
  {
    id: 'create-thing',
    row: 'SMK-06',
    method: 'POST',
    path: '/things',
    status: [201],
    capture: { thingId: 'id' },
    writes: true,
    undo: { path: '/things/{thingId}' },
    budget: 'fast',
  },
];
export const budgets = { fast: { row: 'PER-01', endpoint: 'GET /health', p95Ms: 100, errorPercent: 0 } };
export const runbook = gitAlone({
  budgets,
  smoke: { samples: 3, writeSamples: 1, p95: 'watch', concurrency: 1, calls },
});
export const good: Parameters<typeof makeScriptedWeb>[0] = ({ method }) =>
  method === 'POST'
    ? { status: 201, json: { id: 7 } }
    : { status: method === 'DELETE' ? 204 : 200, json: {} };

export async function smoke(words: string, wanted: WantedWorld = {}, script = good) {
  const { args, options, flags } = parseWords(['smoke', ...words.split(' ').filter(Boolean)], {});
  const { web, asked: sent } = makeScriptedWeb(script);
  const live = async () => ({ version: '2.1.0', latencyMs: 1 });
  const world = makeCliWorld({ command: 'smoke', live, runbook, services: { web }, flags, ...wanted });
  return { ...world, sent, ...(await endOf(runSmoke(args, options, world.context, world.wired))) };
}
