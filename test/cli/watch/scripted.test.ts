import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { replay } from '../../../src/cli/watch/replay.ts';
import { minutes } from '../../../src/domain/duration.ts';
import type { FaultPhase } from '../../../src/sandbox/servers/host/fault-script.ts';
import { makeTestContext } from '../../support/test-context.ts';
import { calls, unknowns, watchScript } from './scripted-world.ts';

const LIST = 'GET /api/assessments';
const WEBHOOK = 'POST /api/payments/webhook';
const LOGIN = 'POST /api/auth/login';

interface Scene {
  readonly name: string;
  readonly phases: readonly FaultPhase[];
  readonly minutes: number;
  /** Seconds between requests, where the P99 of five minutes is to be shown; default 5. */
  readonly everySeconds?: number;
  readonly failOn?: 'P0';
  readonly exit: number;
  /** `level rule series@second`, in the order in which they first fired. */
  readonly calls: readonly string[];
}

/** Every application goes bad at 300 s; a minute of users is told when it is over. */
const SCENES: readonly Scene[] = [
  { name: 'well', phases: [], minutes: 12, everySeconds: 3, exit: 0, calls: [] },
  {
    name: 'RBC-P1-2: slow, three times the P95 of before: P1 ten minutes after the first slow minute was told',
    phases: [{ kind: 'slow', from: 300, routes: [LIST], ms: 100 }],
    ...{ minutes: 17, exit: 8 },
    calls: [`P1 p95-ratio ${LIST}@960`],
  },
  {
    name: 'RBC-P0-1: flaky, three logins of ten: P0 five minutes after the first that failed',
    phases: [{ kind: 'flaky', from: 300, routes: [LOGIN], k: 3, n: 10, status: 500 }],
    ...{ minutes: 11, failOn: 'P0', exit: 8 },
    calls: [`P0 error-percent ${LOGIN}@601`],
  },
  {
    name: 'RBC-P0-2: stalled: P0 two minutes after the first request that waited ten seconds for nothing',
    phases: [{ kind: 'stalled', from: 300, to: 600 }],
    ...{ minutes: 11, failOn: 'P0', exit: 8 },
    calls: ['P1 failed-critical-probes GET /health@320', 'P0 failed-probes all@430'],
  },
  {
    name: 'RBC-P0-2: stalled for five seconds: a late answer is an answer, and nothing fires',
    phases: [{ kind: 'stalled', from: 300, to: 305 }],
    ...{ minutes: 12, everySeconds: 3, exit: 0, calls: [] },
  },
  {
    name: 'RBC-P1-3: half-dead, payments are refused and lists cut off: P1 at the second probe',
    phases: [
      { kind: 'dead', from: 300, routes: [WEBHOOK], status: 503 },
      { kind: 'dead', from: 300, routes: [LIST] },
    ],
    ...{ minutes: 6, exit: 8, calls: [`P1 failed-critical-probes ${WEBHOOK}@306`] },
  },
];

/** The same record, judged again: stdout and changes. */
async function replayed(ticks: string, name: string) {
  const cwd = dirname(ticks);
  const { context } = makeTestContext({
    command: 'watch',
    flags: { events: name, config: `${process.cwd()}/runbook.config.yaml` },
  });
  const { text } = await replay({ file: ticks, rules: undefined, failOn: 'P1' }, { ...context, cwd });
  return { text, bytes: readFileSync(join(cwd, name), 'utf8') };
}

describe('a watch of an application that goes bad by a script', () => {
  it.each(SCENES)(
    '$name; twice the same bytes',
    async ({ phases, failOn, exit, calls: wanted, ...scene }) => {
      const { everySeconds = 5 } = scene;
      const order = {
        ...{ forMs: minutes(scene.minutes), everySeconds },
        ...(failOn === undefined ? {} : { failOn }),
      };
      const [one, two] = [await watchScript(phases, order), await watchScript(phases, order)];
      expect([one.result.exitCode, calls(one.bytes)]).toEqual([exit, wanted]);
      expect([two.bytes, two.text, two.stderr]).toEqual([one.bytes, one.text, one.stderr]);
    },
  );

  it('MON-11: silent: rules become unknown five minutes after the last minute that was told; twice the same bytes', async () => {
    const silent = [{ kind: 'silent', from: 300 }] as const;
    const order = { forMs: minutes(10) };
    const [one, two] = [await watchScript(silent, order), await watchScript(silent, order)];
    const of = ['endpoint-errors@540', 'p95-ratio@540', 'endpoint-p95@540', 'error-percent@585'];
    expect([one.result.exitCode, calls(one.bytes), unknowns(one.bytes, 300)]).toEqual([3, [], of]);
    expect(one.text).toContain('users fell silent');
    expect([two.bytes, two.text]).toEqual([one.bytes, one.text]);
  });

  it('is judged by its record as it was judged live, and the record twice to the same bytes', async () => {
    const flaky = [{ kind: 'flaky', from: 300, routes: [LOGIN], k: 3, n: 10, status: 500 }] as const;
    const live = await watchScript(flaky, { forMs: minutes(11), failOn: 'P0' });
    const [one, two] = [await replayed(live.ticks, 'one.jsonl'), await replayed(live.ticks, 'two.jsonl')];
    expect(two).toEqual(one);
    expect(one.bytes).toBe(live.bytes);
  });
});
