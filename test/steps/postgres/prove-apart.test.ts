import { describe, expect, it } from 'vitest';
import { ReleaseError, type StepContext } from '../../../src/kit.ts';
import { proveApart } from '../../../src/steps/postgres/prove-apart.ts';
import { makeRunbook, onlyThese } from '../../support/policy.ts';

const database = (url: string) => ({
  url: `https://${url}.example`,
  database: { url: `$${url.toUpperCase()}` },
});
const runbook = makeRunbook({
  environments: { production: { ...database('production'), protected: true }, staging: database('staging') },
  services: {},
});
const own = { systemIdentifier: '7', database: 'rur2', host: 'a.example', port: 5432, serverVersion: '18' };

function prove(production: object | Error) {
  const told: string[] = [];
  const identity = async (env: string) => {
    if (env === 'staging') return own;
    if (production instanceof Error) throw production;
    return { ...own, ...production };
  };
  const context = { runbook, tell: (said: string) => told.push(said) } as unknown as StepContext;
  return { told, done: proveApart.run(onlyThese({ postgres: { identity } }), { env: 'staging' }, context) };
}

describe('whose the database is', () => {
  it.each([
    ['another one of the same server', { database: 'rur2_staging' }],
    ['one of another server', { systemIdentifier: '8' }],
  ])('PRE-15: production has %s', async (_, other) => {
    expect(await prove(other).done).toEqual({
      database: 'rur2 on a.example',
      apartFrom: ['production'],
      notCompared: [],
    });
  });

  it('T31: is never production’s, however different the two addresses look', async () => {
    await expect(prove({ host: 'b.example' }).done).rejects.toMatchObject({
      code: 'E_ENV_MIXED_UP',
      text: { what: 'The database of staging (rur2 on a.example) is that of production.' },
    });
  });

  it('is told not to be compared where production’s cannot be asked', async () => {
    const text = { what: 'No secret.', next: 'Set it.', state: 'untouched' } as const;
    const { told, done } = prove(new ReleaseError('E_SECRET_MISSING', text));
    expect(await done).toMatchObject({ apartFrom: [], notCompared: ['production'] });
    expect(told).toEqual(['not compared with the database of production']);
  });
});
