import { describe, expect, it } from 'vitest';
import { findProvenMoves } from '../../../src/cli/drift/find-proven-moves.ts';
import { sayHandChanges } from '../../../src/cli/runs/say-hand-changes.ts';
import type { Catalogue } from '../../../src/domain/catalogue.ts';
import { ReleaseError } from '../../../src/domain/failure.ts';
import { keepSchema } from '../../../src/kit.ts';
import type { RunState } from '../../../src/ledger/fold.ts';
import type { ServiceName } from '../../../src/services/services.ts';
import { planOf } from '../../support/engine/plan-of.ts';
import { makeArchiveOf } from '../../support/memory/archive.ts';
import { MemoryLedger, MemoryStore } from '../../support/memory/ledger.ts';
import { onlyThese } from '../../support/policy.ts';
import { makeSteppedClock } from '../../support/stepped-clock.ts';

const ENV = 'production';
const make = (...tables: readonly string[]): Catalogue => ({
  items: tables.map((name) => ({ kind: 'table', name, is: 'plain', of: '' })),
});

async function say(
  left: {
    readonly fact: 'schema-before' | 'schema-after';
    readonly begun?: boolean;
    readonly lost?: boolean;
  },
  now: Catalogue | ReleaseError,
) {
  const archive = makeArchiveOf();
  const kept = await keepSchema(archive, ENV, make('users'));
  const fingerprint = left.lost === true ? 'f'.repeat(64) : kept;
  const catalogue = async () => {
    if (now instanceof ReleaseError) throw now;
    return now;
  };
  const state = {
    facts: { [left.fact]: { fingerprint } },
    entries: left.begun === true ? { 'migrate:0042_x': { state: 'intent' } } : {},
  } as unknown as RunState;
  const services = onlyThese({ archive, postgres: { catalogue } });
  return sayHandChanges(state, { services, env: ENV, configured: new Set<ServiceName>(['postgres']) });
}

describe('a run that comes back to another schema', () => {
  it('E-64: says what another hand did before its migrations, and that it is compared again behind them', async () => {
    const [said, follows] = await say({ fact: 'schema-before' }, make('users', 'stray'));
    expect(said).toBe(
      '  ▲ Somebody changed the schema while this run was interrupted: table stray only in production.',
    );
    expect(follows).toContain('compared again after the migrations');
  });

  it('E-64: says what another hand did behind its migrations, and leaves that to drift', async () => {
    const [said, follows] = await say({ fact: 'schema-after', begun: true }, make());
    expect(said).toContain('table users only in what this run left.');
    expect(follows).toContain('release drift reports it');
  });

  it('says nothing where the schema is as it was left, nor while its own migrations are half way', async () => {
    expect(await say({ fact: 'schema-before' }, make('users'))).toEqual([]);
    expect(await say({ fact: 'schema-before', begun: true }, make('users', 'own'))).toEqual([]);
  });

  it('says that nobody knows where it cannot be compared', async () => {
    const down = new ReleaseError('E_DB_UNREACHABLE', { what: 'No answer.', next: '', state: 'untouched' });
    expect(await say({ fact: 'schema-before' }, down)).toEqual([
      '  ▲ Whether the schema is as this run left it is not known: No answer.',
    ]);
    expect((await say({ fact: 'schema-before', lost: true }, make('users')))[0]).toContain(
      'nothing was compared',
    );
  });
});

describe('what a resumed run did to the schema', () => {
  it('E-64: is what its migrations did, not what a hand changed before or behind them', async () => {
    const { clock } = makeSteppedClock();
    const ledger = new MemoryLedger(new MemoryStore(), { actor: 'Dana Ito', host: 'mbp', clock });
    const archive = makeArchiveOf();
    const scope = 'shop/production';
    const note = (id: string, event: object) => ledger.note(scope, { id, run: 'r-1', ...event } as never);
    await note('p', { type: 'run.planned', data: { plan: planOf([]), request: {}, configDigest: '' } });
    for (const [step, schema] of [
      ['schema-before', make('users', 'by-hand')],
      ['schema-after', make('users', 'by-hand', 'jobs')],
    ] as const) {
      const done = { fingerprint: await keepSchema(archive, ENV, schema) };
      await note(step, { step, type: 'step.done', data: { how: 'effect', done, tookMs: 1 } });
    }
    const wired = { ledger, scope, env: ENV, services: onlyThese({ archive }) };
    expect(Object.keys((await findProvenMoves(wired, 'r-1')) ?? {})).toEqual(['table jobs']);
    expect(await findProvenMoves(wired, 'r-2')).toBeUndefined();
  });
});
