// A process of its own that works off the job queue; test/ledger/postgres/job-processes.test.ts bundles and starts it.
import { setTimeout as pause } from 'node:timers/promises';
import { openJobs } from './postgres-jobs.ts';

const [agent = '', skew = '0', scopes = '0'] = process.argv.slice(2);
const { LEDGER_URL: url = '' } = process.env;
const { queue, close } = openJobs(url, agent, { claimMs: 2_000, skewMs: Number(skew) });
const all = Array.from({ length: Number(scopes) }, (_, i) => `shop${i}/production`);

for (;;) {
  const claimed = await queue.claim(all, ['drift'], 10);
  for (const job of claimed) {
    process.stdout.write(`${job.scope}\n`);
    await queue.complete(job, { outcome: 'done', said: `by ${agent}` });
  }
  if (claimed.length > 0) continue;
  const left = (await queue.list(all)).filter(({ dueAt }) => dueAt !== undefined);
  if (left.length === 0) break;
  await pause(50);
}
await close();
