// Writes the journal of a file ledger with so many runs, each of about 2.4 KB, chained as the program chains them.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlanEntry } from '../../src/domain/plan.ts';
import { makePlan } from '../../src/kit.ts';
import { GENESIS, lineOf } from '../../src/ledger/chain.ts';
import type { NewEvent } from '../../src/ledger/event.ts';
import { makeEvent } from '../../src/ledger/make-event.ts';

const [folder = '', count = '0'] = process.argv.slice(2);
const SCOPE = 'shop/production';
const who = { host: 'bench', actor: 'bench', tool: '0.0.0', redact: (text: string) => text };

const entries: PlanEntry[] = ['backup', 'migrate', 'publish', 'prove-live'].map((name) => ({
  kind: 'gate',
  name,
  gate: 'smoke',
  title: `${name} of the release, with a title of usual length`,
})) as unknown as PlanEntry[];

function eventsOf(i: number): NewEvent[] {
  const version = `v1.${Math.floor(i / 100)}.${i % 100}`;
  const run = `r-${String(i).padStart(6, '0')}`;
  const about = {
    command: 'deploy',
    service: 'shop',
    env: 'production',
    version,
    from: 'v1.0.0',
    basis: {},
  } as const;
  const plan = makePlan(about, entries);
  const steps = entries.flatMap(({ name }): NewEvent[] => [
    {
      run,
      step: name,
      def: 1,
      id: `${run}:${name}`,
      type: 'step.done',
      data: { how: 'effect', done: {}, tookMs: 900 },
    } as NewEvent,
  ]);
  const verdict = i % 7 === 0 ? 'failed' : 'completed';
  return [
    {
      run,
      id: `${run}:p`,
      type: 'run.planned',
      data: { plan, request: {}, configDigest: 'd'.repeat(64) },
    } as NewEvent,
    ...steps,
    {
      run,
      id: `${run}:f`,
      type: 'run.finished',
      data: { verdict, said: `${version} ${verdict}` },
    } as NewEvent,
  ];
}

const lines: string[] = [];
let head = { seq: 0, hash: GENESIS };
for (let i = 0; i < Number(count); i += 1) {
  const at = new Date(Date.UTC(2020, 0, 1) + i * 3_600_000).toISOString();
  for (const event of eventsOf(i)) {
    const made = makeEvent(event, { scope: SCOPE, epoch: 1, at, head }, who);
    lines.push(lineOf(made));
    head = { seq: made.seq, hash: made.h };
  }
}
const place = join(folder, '.release/state', SCOPE);
mkdirSync(place, { recursive: true });
writeFileSync(join(place, 'journal.jsonl'), `${lines.join('\n')}\n`);
writeFileSync(
  join(folder, 'runbook.config.yaml'),
  'service: shop\nproduct: Shop\ntimezone: UTC\nenvironments:\n  production:\n    url: https://shop.example\n    ledger: { store: file, local: true }\n',
);
