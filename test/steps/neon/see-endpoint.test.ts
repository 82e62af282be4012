import { describe, expect, it } from 'vitest';
import { sayFacts } from '../../../src/cli/runs/say-facts.ts';
import type { JsonObject } from '../../../src/domain/json.ts';
import type { StepContext } from '../../../src/kit.ts';
import { seeEndpoint } from '../../../src/steps/neon/see-endpoint.ts';
import { MemoryNeon } from '../../support/memory/neon.ts';
import { makeRunbook, onlyThese } from '../../support/policy.ts';

const KEPT = 'pre-rollback-v2.0.3-aaaa';
const makeNeon = () => new MemoryNeon({ production: 'main' }, () => new Date('2026-11-24T15:00:00Z'));

/** A person made another branch the one that is called so. */
async function promote(neon: MemoryNeon): Promise<void> {
  await neon.createBackup('production', 'the-good-one');
  for (const branch of neon.branches)
    branch.name =
      branch.name === 'main' ? 'the-bad-one' : branch.name === 'the-good-one' ? 'main' : branch.name;
}

async function see(neon: MemoryNeon, since: string, facts: Record<string, JsonObject>) {
  const context = { facts, runbook: makeRunbook(), tell: () => undefined };
  const input = { env: 'production', since };
  return seeEndpoint.run(onlyThese({ neon }), input, context as unknown as StepContext);
}

/** What the end of a run says of the endpoint after this. */
async function sayAfter(
  move: (neon: MemoryNeon) => Promise<void>,
  isSeen = true,
): Promise<readonly string[]> {
  const neon = makeNeon();
  const facts: Record<string, JsonObject> = isSeen
    ? { 'endpoint-before': { ...(await see(neon, '', {})) } }
    : {};
  await move(neon);
  const after = { ...(await see(neon, 'endpoint-before', facts)) } as JsonObject;
  return sayFacts({ ...facts, 'endpoint-after': after });
}

describe('the endpoint that serves the database after a restore', () => {
  it('RBX-4A3, E-46: is not worth a word where a restore in place kept it', async () => {
    expect(await sayAfter((neon) => neon.restore('production', { lsn: '0/0' }, KEPT))).toEqual([]);
  });

  it('RBX-4A3, E-46: names the secret to change, and how, where another branch took its place', async () => {
    expect(await sayAfter(promote)).toEqual([
      'CHANGE $DATABASE_URL: br-memory-2 serves the database now, and no longer br-memory-1. Put the new host into it (a pooled address keeps its -pooler), where the application runs and where release runs; then publish again',
    ]);
  });

  it('RBX-4A3: is not called the same where nobody could read it before', async () => {
    expect(await sayAfter(async () => undefined, false)).toEqual([
      'not known: whether br-memory-1, which serves the database now, served it before the restore. Compare it with the host in $DATABASE_URL',
    ]);
  });
});
