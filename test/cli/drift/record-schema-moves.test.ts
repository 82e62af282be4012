import { beforeEach, describe, expect, it } from 'vitest';
import { recordSchemaMoves } from '../../../src/cli/drift/record-schema-moves.ts';
import { ReleaseError } from '../../../src/domain/failure.ts';
import type { Plan } from '../../../src/domain/plan.ts';
import { gate } from '../../../src/kit.ts';
import type { LedgerEvent } from '../../../src/ledger/event.ts';
import { foldDrift } from '../../../src/ledger/fold-drift.ts';
import { planOf } from '../../support/engine/plan-of.ts';
import { MemoryLedger, MemoryStore } from '../../support/memory/ledger.ts';
import { onlyThese } from '../../support/policy.ts';
import { makeSteppedClock } from '../../support/stepped-clock.ts';

const scope = 'shop/production';
const HELD = { scope, run: 'r-1', epoch: 1, deadline: () => Number.POSITIVE_INFINITY };
const step = { kind: 'step', name: 'migrate-0043', step: 'postgres.migrate' } as const;
const migrating: Plan = { ...planOf([]), entries: [step as never] };

function openPlace() {
  const { clock, advance } = makeSteppedClock();
  const ledger = new MemoryLedger(new MemoryStore(), { actor: 'Dana Ito', host: 'mbp', clock });
  const schema: { tables: readonly string[] | Error | 'silence'; asked: number } = {
    tables: ['a'],
    asked: 0,
  };
  const catalogue = async () => {
    schema.asked += 1;
    if (schema.tables instanceof Error) throw schema.tables;
    if (schema.tables === 'silence') return new Promise<never>(() => undefined);
    return { items: schema.tables.map((name) => ({ kind: 'table' as const, name, is: 'x', of: '' })) };
  };
  const recorder = {
    ledger,
    scope,
    clock,
    env: 'production',
    configured: new Set(['postgres' as const]),
    services: onlyThese({ postgres: { catalogue } }),
  };
  const accept = () =>
    ledger.note(scope, {
      id: 'accepted',
      run: 'r-0',
      type: 'drift.accepted',
      data: { reason: 'first', state: {}, version: 'v1.0.0', commit: '' },
    });
  const conduct = (work: () => void | Promise<void>, plan = migrating) =>
    recordSchemaMoves(recorder, { plan, held: HELD }, async () => {
      await work();
      return 'done' as const;
    });
  const moved = async () =>
    foldDrift(await ledger.read(scope), clock.now()).moves.map(({ moves }) => Object.keys(moves));
  const types = async () => (await ledger.read(scope)).map(({ type }: LedgerEvent) => type);
  return { schema, accept, conduct, moved, types, advance };
}

let place: ReturnType<typeof openPlace>;
beforeEach(() => {
  place = openPlace();
});

describe('what a run does to the schema', () => {
  it('E-64: is recorded as the difference between before and after', async () => {
    await place.accept();
    const work = () => {
      place.schema.tables = ['a', 'b'];
    };
    expect(await place.conduct(work)).toBe('done');
    expect(await place.moved()).toEqual([['table b']]);
  });

  it('E-64: is not asked where no set-up was accepted, nor for a plan that leaves the schema alone', async () => {
    await place.conduct(() => undefined);
    await place.accept();
    await place.conduct(() => undefined, planOf([gate('smoke', 'Smoke')]));
    expect(place.schema.asked).toBe(0);
    expect(await place.types()).toEqual(['drift.accepted']);
  });

  it('E-64: counts from before the part of a run that was killed', async () => {
    await place.accept();
    const killed = () => {
      place.schema.tables = ['a', 'b'];
      throw new TypeError('killed');
    };
    await expect(place.conduct(killed)).rejects.toThrow('killed');
    await place.conduct(() => {
      place.schema.tables = ['a', 'b', 'c'];
    });
    expect(await place.moved()).toEqual([['table b', 'table c']]);
  });

  it('E-64: leaves out what a hand changed between two parts of a run', async () => {
    await place.accept();
    await place.conduct(() => undefined);
    place.schema.tables = ['a', 'by hand'];
    await place.conduct(() => {
      place.schema.tables = ['a', 'by hand', 'c'];
    });
    expect((await place.moved()).flat()).toEqual(['table c']);
  });

  it('never holds up a run: neither a database that fails nor one that is silent', async () => {
    await place.accept();
    place.schema.tables = new ReleaseError('E_DB_TIMEOUT', {
      what: 'slow',
      next: 'wait',
      state: 'untouched',
    });
    expect(await place.conduct(() => undefined)).toBe('done');
    place.schema.tables = 'silence';
    const conducted = place.conduct(() => undefined);
    while (place.schema.asked < 2) await new Promise((turn) => setImmediate(turn));
    await place.advance(5_000);
    expect(await conducted).toBe('done');
    expect(await place.moved()).toEqual([]);
  });
});
