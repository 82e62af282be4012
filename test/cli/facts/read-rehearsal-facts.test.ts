import { describe, expect, it } from 'vitest';
import { readRehearsalFacts } from '../../../src/cli/facts/read-rehearsal-facts.ts';
import { digestEvidence } from '../../../src/cli/preflight/evidence.ts';
import type { Catalogue } from '../../../src/domain/catalogue.ts';
import { findRehearsed } from '../../../src/kit/parity/find-rehearsed.ts';
import { fingerprintOf, keepSchema } from '../../../src/kit.ts';
import { makeArchiveOf } from '../../support/memory/archive.ts';
import { MemoryLedger, MemoryStore } from '../../support/memory/ledger.ts';
import { makeSteppedClock } from '../../support/stepped-clock.ts';

const make = (name: string): Catalogue => ({ items: [{ kind: 'table', name, is: 'plain', of: '' }] });
const [BEFORE, AFTER] = [make('users'), make('jobs')];
const scope = 'shop/production';

describe('what the ledger tells parity of a rehearsal', () => {
  it.each([
    ['pass', 'commit', true],
    ['warn', 'commit', true],
    ['fail', 'commit', false],
    ['pass', 'another', false],
  ] as const)('PAR-12: one that ended with %s, about %s, counts: %s', async (outcome, commit, counts) => {
    const { clock } = makeSteppedClock();
    const ledger = new MemoryLedger(new MemoryStore(), { actor: 'Dana Ito', host: 'mbp', clock });
    const archive = makeArchiveOf();
    const wired = { ledger, scope, digest: 'config', rules: 'rules', askedWith: () => 'accounts' };
    const evidence = { before: fingerprintOf(BEFORE), after: await keepSchema(archive, 'production', AFTER) };
    const finding = { check: 'migrations.rehearsal', outcome, at: '', freshForMs: 1, digest: 'x', evidence };
    const digest = digestEvidence(wired, commit);
    const data = {
      gate: 'preflight',
      call: 'go',
      counts: {},
      because: [],
      digest,
      findings: [finding],
    } as const;
    await ledger.note(scope, { id: '1', run: 'r-1', type: 'gate.decided', data });
    const wanted = { env: 'production', commit: 'commit', now: BEFORE };
    const found = await findRehearsed(archive, await readRehearsalFacts(wired), wanted);
    expect(found !== undefined).toBe(counts);
  });
});
