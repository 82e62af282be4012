import { expect, it } from 'vitest';
import { readRollbackRehearsal } from '../../../src/cli/facts/read-rollback-rehearsal.ts';

it("PRE-32: nothing is said of a way back where nobody knows what is live, also by a deploy, which plans from ''", async () => {
  const ledger = { read: () => Promise.reject(new Error('nobody may ask')) } as never;
  const release = { version: 'v2.1.0', branch: 'release/v2.1.0', commit: 'b'.repeat(40) } as const;
  const wired = { ledger, scope: 'shop/production', digest: 'd' };
  expect(await readRollbackRehearsal(wired, { ...release, from: '' })).toEqual({});
  expect(await readRollbackRehearsal(wired, release)).toEqual({});
});
