// A thousand questions to a server of known slowness, by the real check runner and the real web adapter.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { systemClock } from '../../src/cli/clock.ts';
import type { Runbook } from '../../src/config/schema/index.ts';
import type { Emit } from '../../src/engine/events.ts';
import { runChecks } from '../../src/engine/run-checks.ts';
import type { Check, Policy, Services } from '../../src/kit.ts';
import { makePaint } from '../../src/report/color.ts';
import { makeTerminal } from '../../src/report/terminal.ts';
import type { Surroundings } from '../../src/services/surroundings.ts';
import { makeWeb } from '../../src/services/web/real.ts';

const [port = '0', waits = '[]', width = '20', view = 'json'] = process.argv.slice(2);
const slowness = JSON.parse(waits) as readonly number[];
const environments = { production: { url: `http://127.0.0.1:${port}` } };
const runbook = { environments } as unknown as Runbook;
const web = makeWeb({ runbook, proxyOf: () => undefined } as unknown as Surroundings);

const checks = slowness.map(
  (ms, i): Check => ({
    id: `room-${i % 10}.check-${i}`,
    title: `Answers after ${ms} ms`,
    runbook: [],
    gates: ['preflight'],
    needs: ['web'],
    probe: (services, { signal }) =>
      services.web.request('production', { method: 'GET', path: `/${ms}`, signal }),
    judge: () => ({ outcome: 'pass', said: 'answered' }),
  }),
);

function openView(): { readonly emit: Emit; close(): Promise<void> } {
  if (view === 'json') return { emit: (event) => void JSON.stringify(event), close: async () => undefined };
  return makeTerminal({ stream: process.stderr, clock: systemClock, paint: makePaint(true), ascii: false });
}

const screen = openView();
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
const started = performance.now();
const { findings } = await runChecks({
  gate: 'preflight',
  checks,
  services: { web } as unknown as Services,
  configured: new Set(['web']),
  policy: {
    env: 'production',
    thresholds: { evidenceMinutes: 45 },
    now: new Date(),
    facts: {},
  } as unknown as Policy,
  clock: systemClock,
  emit: screen.emit,
  signal: new AbortController().signal,
  width: Number(width),
});
const wall = performance.now() - started;
await screen.close();
const passed = findings.filter(({ outcome }) => outcome === 'pass').length;
process.stdout.write(`\n@${JSON.stringify({ wall, passed, loopP99: delay.percentile(99) / 1e6 })}\n`);
process.exit(0);
