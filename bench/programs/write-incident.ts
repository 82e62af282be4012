// Writes the record of a release that went wrong with a thousand checks, and two hours of ten series beside it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GENESIS, lineOf } from '../../src/ledger/chain.ts';
import type { NewEvent } from '../../src/ledger/event.ts';
import { makeEvent } from '../../src/ledger/make-event.ts';
import { incidentEvents } from '../../test/support/incident.ts';
import { preflightOf, sampleFindings, sampleTicks } from '../../test/support/report-sample.ts';

const [folder = '', checks = '0', series = '0', samples = '0'] = process.argv.slice(2);
const SCOPE = 'shop/production';
const who = { host: 'bench', actor: 'bench', tool: '0.0.0', redact: (text: string) => text };

let head = { seq: 0, hash: GENESIS };
const lines = [preflightOf(sampleFindings(Number(checks))), ...incidentEvents()].map(({ h, ...event }) => {
  const made = makeEvent(event as NewEvent, { scope: SCOPE, epoch: 1, at: event.at, head }, who);
  head = { seq: made.seq, hash: made.h };
  return lineOf(made);
});
const place = join(folder, '.release/state', SCOPE);
mkdirSync(place, { recursive: true });
writeFileSync(join(place, 'journal.jsonl'), `${lines.join('\n')}\n`);
const ticks = [...sampleTicks(Number(series), Number(samples))].map((tick) => JSON.stringify(tick));
writeFileSync(join(folder, 'ticks.jsonl'), `${ticks.join('\n')}\n`);
writeFileSync(
  join(folder, 'runbook.config.yaml'),
  'service: shop\nproduct: Shop\ntimezone: UTC\nenvironments:\n  production:\n    url: https://shop.example\n    ledger: { store: file, local: true }\n',
);
