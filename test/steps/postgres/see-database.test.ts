import { describe, expect, it } from 'vitest';
import { hashText, type StepContext } from '../../../src/kit.ts';
import { seeDatabase } from '../../../src/steps/postgres/see-database.ts';
import { makeRunbook, onlyThese } from '../../support/policy.ts';

const FILES = ['0041_a', '0042_b'];
const JOURNAL = JSON.stringify({ entries: FILES.map((tag, idx) => ({ tag, idx, when: idx })) });
const git = {
  readFile: async (_: string, path: string) => (path.endsWith('.json') ? JOURNAL : `-- ${path}`),
  listFiles: async () => FILES.map((tag) => `migrations/${tag}.sql`),
};
const hashOf = (tag: string) => hashText(`-- migrations/${tag}.sql`);
const rows = (...tags: readonly string[]) => tags.map((tag, when) => ({ hash: hashOf(tag), when }));

function see(applied: readonly { hash: string; when: number }[], isExact = true, runbook = makeRunbook()) {
  const postgres = { ping: async () => ({ latencyMs: 3.2 }), appliedMigrations: async () => applied };
  const input = { env: 'production', version: 'v2.0.3', commit: 'c'.repeat(40), isExact };
  return seeDatabase.run(onlyThese({ git, postgres }), input, { runbook } as StepContext);
}

describe('the database after a rollback', () => {
  it('RBX-4B2, E-27: has the migrations of the version, by their content and not by their number', async () => {
    expect(await see(rows(...FILES))).toEqual({ schema: 'same', latencyMs: 3 });
    await expect(see(rows('0041_a', '0099_x'))).rejects.toMatchObject({
      code: 'E_SCHEMA_DIFFERS',
      message: expect.stringContaining('0042_b'),
    });
  });

  it('RBX-4B2: has no more than those where scripts or a restore took it back', async () => {
    const more = rows(...FILES, '0043_c');
    await expect(see(more)).rejects.toMatchObject({ code: 'E_SCHEMA_DIFFERS' });
    expect(await see(more, false)).toEqual({ schema: 'newer', latencyMs: 3 });
  });

  it('RBV-4, E-49: answers a question, also where no migrations are configured', async () => {
    const runbook = makeRunbook({ migrations: undefined });
    expect(await see([], true, runbook)).toEqual({ schema: 'not configured', latencyMs: 3 });
  });
});
