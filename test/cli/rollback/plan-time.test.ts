import { describe, expect, it } from 'vitest';
import { parseWords } from '../../../src/cli/program.ts';
import { runRollback } from '../../../src/cli/rollback/run-rollback.ts';
import { SEVERITIES } from '../../support/severities.ts';
import { endOf, gitAlone, makeCliWorld, tagOf } from '../cli-world.ts';

const host = { strategy: 'manual', instructions: ['Publish.'] };
const environments = { production: { url: 'https://rur2.example', protected: true, host } };
const runbook = gitAlone({ severities: SEVERITIES, environments });

/** `release rollback --plan`, after a deploy whose publish took so many minutes. */
async function plan(severity: string, publishTook?: number) {
  const { args, options } = parseWords(
    ['rollback', '--to', 'v2.0.3', '--severity', severity, '--db', 'none'],
    {},
  );
  const world = makeCliWorld({
    ...{ command: 'rollback', runbook, flags: { plan: true } },
    ...{ branches: { main: 'a'.repeat(40) }, tags: [tagOf('v2.1.0'), tagOf('v2.0.3')] },
    live: async () => ({ version: '2.1.0', latencyMs: 1 }),
  });
  const run = await world.past('deploy', ['v2.0.3', 'v2.1.0'], 'open');
  const held = await world.ledger.acquire('rur2/production', { run, actor: 'Dana', reason: 'x' });
  if (publishTook !== undefined)
    await world.ledger.append(held, {
      ...{ id: `${run}:publish`, run, step: 'publish', def: 1, type: 'step.done' },
      data: { how: 'effect', done: {}, tookMs: publishTook * 60_000 },
    });
  await world.ledger.release(held, 'completed');
  const { result } = await endOf(runRollback(args, options, world.context, world.wired));
  return { text: String(result?.text).replace(/\s+/g, ' '), json: result?.result };
}

describe('the time in the plan of a rollback', () => {
  it('RBX-00, RBX-3t, E-81: is that of earlier runs against the limit, and usual only where nothing was measured', async () => {
    const { text, json } = await plan('P0', 6);
    expect(text).toContain('time about 6 min 16 s of 15 min for P0 (as long as in earlier runs 6 min');
    expect(text).toContain('code from 3 s to 6 min 16 s (partly assumed, not measured)');
    expect(json?.estimate).toMatchObject({
      ...{ ms: 376_000, limitMs: 900_000, severity: 'P0' },
      slots: [{ slot: 'code', fromMs: 3000, toMs: 376_000 }],
    });
    const entries = (json as { estimate: { entries: readonly object[] } }).estimate.entries;
    expect(entries).toContainEqual({ name: 'publish', ms: 360_000, source: 'earlier' });
  });

  it('RBX-00, E-81: says that it is longer than the urgency allows, before anybody agrees', async () => {
    expect((await plan('P0', 16)).text).toContain('LONGER THAN ALLOWED: about 16 min');
    expect((await plan('P1', 16)).text).not.toContain('LONGER THAN ALLOWED');
  });

  it('E-81: never passes usual times off as measured ones', async () => {
    const { text } = await plan('P0');
    expect(text).toContain('usual times 4 min 10 s · assumed');
    expect(text).not.toContain('earlier runs');
  });
});
