import { describe, expect, it } from 'vitest';
import { contractShape } from '../../../src/services/app/contract.ts';
import type { Inventory } from '../../../src/services/app/port.ts';
import { readInventory } from '../../../src/services/app/read-inventory.ts';
import { failureOf } from '../../support/failure-of.ts';

const address = 'https://rur2.example/api/health';
const read = (json: unknown, hasToken = true): Inventory => readInventory(json, { address, hasToken });
const refused = (json: unknown, hasToken = true) =>
  failureOf(Promise.resolve().then(() => read(json, hasToken)));

const told = {
  status: 'healthy',
  version: 'v2.1.0',
  commit: 'c0ffee0',
  node: 'v22.12.0',
  dependencies: { express: '4.21.2' },
  envKeys: ['STRIPE_SECRET_KEY', 'DATABASE_URL', 'DATABASE_URL'],
  settings: { logLevel: 'info', rateLimits: { perMinute: 600 } },
};

describe('what an application tells about itself', () => {
  it('PAR-14: is node, packages, names of variables and settings', () => {
    expect(read(told)).toEqual({
      address,
      version: '2.1.0',
      commit: 'c0ffee0',
      node: '22.12.0',
      dependencies: { express: '4.21.2' },
      envKeys: ['DATABASE_URL', 'STRIPE_SECRET_KEY'],
      settings: { logLevel: 'info', rateLimits: { perMinute: 600 } },
      exposed: [],
    });
  });

  it('PAR-03: may call the names env_keys, as the runbook does', () => {
    const { envKeys, ...others } = told;
    expect(read({ ...others, env_keys: envKeys }).envKeys).toEqual(['DATABASE_URL', 'STRIPE_SECRET_KEY']);
  });

  it('may leave out version, commit, packages and settings', () => {
    expect(read({ node: '22.12.0', envKeys: [] })).toEqual({
      address,
      node: '22.12.0',
      envKeys: [],
      settings: { rateLimits: {} },
      exposed: [],
    });
  });

  it.each(['node', 'envKeys'])(
    'E-62: cannot be compared without %s, which is never taken for equal',
    async (field) => {
      const { [field as 'node']: _, ...others } = told;
      const error = await refused(others);
      expect(error.code).toBe('E_INVENTORY');
      expect(error.text.what).toBe(`${address} does not tell ${field}.`);
      expect(error.text.next).toContain('schema/app-health.schema.json');
    },
  );

  it('E-63: asks for the token when an answer for outsiders came without one', async () => {
    const error = await refused({ status: 'healthy' }, false);
    expect(error.text.what).toContain('does not tell node and envKeys');
    expect(error.text.next).toContain('health.token');
  });

  it.each([
    ['a page', undefined],
    ['a list', []],
    ['a number', 7],
    ['nothing', null],
  ])('is nothing when it is %s', async (_, json) => {
    expect((await refused(json)).code).toBe('E_INVENTORY');
  });

  it.each([
    ['a range instead of a version', { dependencies: { zod: '^3.0.0' } }, 'dependencies.zod'],
    ['packages that are a list', { dependencies: ['zod'] }, 'dependencies'],
    ['a node without three numbers', { node: '22' }, 'node'],
    ['names that are numbers', { envKeys: [1] }, 'envKeys.0'],
    ['a limit in words', { settings: { rateLimits: { perMinute: 'few' } } }, 'settings.rateLimits.perMinute'],
  ])('is refused with the place, never with what stands there: %s', async (_, over, place) => {
    const error = await refused({ ...told, ...over });
    expect(error.code).toBe('E_INVENTORY');
    expect(error.text.what).toContain(`tells ${place} in another shape`);
    expect(error.text.what).not.toContain('few');
  });
});

describe('values in an answer', () => {
  const SECRET = 'sk_live_51HsecretSecret';

  it.each([
    ['a map', { STRIPE_SECRET_KEY: SECRET, EMPTY: '', HIDDEN: '****', PORT: 8080, ON: true, OFF: false }],
    ['lines of a shell', [`STRIPE_SECRET_KEY=${SECRET}`, 'EMPTY=', 'HIDDEN=•••', 'PORT=8080', 'ON']],
  ])('PAR-06: are dropped at the wall and their names are told: %s', (_, envKeys) => {
    const inventory = read({ ...told, envKeys });
    expect(inventory.envKeys).toEqual(['EMPTY', 'HIDDEN', 'ON', 'PORT', 'STRIPE_SECRET_KEY']);
    expect(inventory.exposed).toEqual(['STRIPE_SECRET_KEY', 'PORT']);
    expect(JSON.stringify(inventory)).not.toContain(SECRET);
  });

  it('stand in no error either', async () => {
    const error = await refused({ ...told, node: 1, envKeys: { A: SECRET } });
    expect(JSON.stringify(error.text)).not.toContain(SECRET);
  });
});

describe('the contract', () => {
  it('E-62: is a JSON Schema that applications can be checked with', async () => {
    const text = `${JSON.stringify(contractShape(), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot('../../../schema/app-health.schema.json');
  });
});
