// A run of steps that do nothing, by the real runner on the real ledger of files: what takes time is ours.
import { randomUUID } from 'node:crypto';
import { systemClock } from '../../src/cli/clock.ts';
import { readMachine } from '../../src/cli/wiring/read-machine.ts';
import { makeRunId } from '../../src/engine/run-id.ts';
import { runPlan } from '../../src/engine/run-plan.ts';
import { type RunTools, USUAL_TIMES } from '../../src/engine/run-tools.ts';
import { startRun } from '../../src/engine/start-run.ts';
import { defineStep, makePlan, type Services, type Step } from '../../src/kit.ts';
import { makeFileLedger } from '../../src/ledger/file/file.ts';
import { makeLines } from '../../src/report/lines.ts';

const [folder = '', words = '0'] = process.argv.slice(2);
const scope = 'bench/production';
const clock = systemClock;
const run = makeRunId(clock, Math.random);
const ledger = makeFileLedger({
  folder: `${folder}/${randomUUID()}`,
  clock,
  machine: readMachine('bench'),
  actor: 'bench',
  tool: '0.0.0',
  redact: (text) => text,
});

const nothing = defineStep<never, Record<string, never>, Record<string, never>>({
  id: 'bench.nothing',
  def: 1,
  needs: [],
  effect: 'repeatable',
  settleMs: 0,
  timeoutMs: 10_000,
  stop: 'safe',
  title: () => 'Do nothing',
  run: async (_, __, context) => {
    context.guard();
    return {};
  },
  undo: { kind: 'nothing' },
});

const plan = makePlan(
  { command: 'deploy', service: 'bench', env: 'production', version: 'v1.0.1', from: 'v1.0.0', basis: {} },
  Array.from({ length: Number(words) }, (_, i) => nothing.with({}, { name: `nothing-${i}` })),
);
const planned = { plan, request: {}, configDigest: '' };
const held = await startRun({ ledger, scope, run, actor: 'bench', reason: 'bench' }, planned);
const screen = makeLines({ write: (line) => void process.stdout.write(`${line}\n`), clock });
const tools: RunTools = {
  steps: new Map([[nothing.id, nothing as unknown as Step]]),
  services: {} as Services,
  ledger,
  held,
  clock,
  random: Math.random,
  runbook: {} as RunTools['runbook'],
  secret: () => '',
  render: () => ({ text: '', blocks: [] }),
  judgeGate: async () => ({ call: 'go', counts: {}, because: [], said: '' }),
  readSigns: async () => ({ missing: [] }),
  decide: async () => 'stop',
  emit: screen.emit,
  stop: { stopping: false, signal: new AbortController().signal },
  times: { ...USUAL_TIMES, settleFactor: 0, askAgainMs: 0 },
};
const { verdict } = await runPlan({ plan, run, tools });
await screen.close();
await ledger.release(held, 'completed');
const lines = (await ledger.read(scope)).filter(({ type }) => type.startsWith('step.'));
if (verdict !== 'completed' || lines.length !== 2 * plan.entries.length) process.exitCode = 1;
