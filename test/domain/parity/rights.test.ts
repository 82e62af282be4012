import { describe, expect, it } from 'vitest';
import type { Catalogue, CatalogueItem } from '../../../src/domain/catalogue.ts';
import { findTouched } from '../../../src/domain/parity/find-touched.ts';
import { readStatements } from '../../../src/kit/parity/read-statements.ts';
import { makeSql } from '../../../src/services/sql/real.ts';
import { compare, saidOf } from '../../support/parity.ts';

const USERS: CatalogueItem = { kind: 'table', name: 'users', is: 'plain', of: '' };

const grant = (called: string, role: string, is = 'select'): CatalogueItem => ({
  kind: 'privilege',
  name: `${called} to ${role}`,
  is,
  of: called === 'database' ? '' : called,
  ...(role === 'public' ? {} : { roles: [role] }),
});
const owner = (role: string): CatalogueItem => ({
  kind: 'owner',
  name: 'table users',
  is: role,
  of: 'table users',
  roles: [role],
});
const make = (items: readonly CatalogueItem[], roles?: readonly string[]): Catalogue => ({
  items: [USERS, ...items],
  ...(roles === undefined ? {} : { roles }),
});

async function explain(sql: string, left: readonly CatalogueItem[], right: readonly CatalogueItem[] = []) {
  const file = { tag: '0002_next', sql, hash: 'h2', when: 2 };
  const touches = findTouched(await readStatements(makeSql(), [file]));
  return saidOf(compare({ catalogue: make(left) }, { catalogue: make(right) }, touches));
}

describe('rights of two environments', () => {
  it('PAR-12: owners may be called differently, and that is told as accepted', () => {
    const both = compare(
      { catalogue: make([owner('staging_owner')], ['staging_owner']) },
      { catalogue: make([owner('owner')], ['owner']) },
    );
    expect(saidOf(both)).toEqual([]);
    expect(both.accepted).toContain('owners');
  });

  it('PAR-12: a right that a role of both has in staging alone is never acceptable', () => {
    const roles = ['app'];
    const both = compare(
      { catalogue: make([grant('table users', 'app')], roles) },
      { catalogue: make([], roles) },
    );
    expect(both.unacceptable.map(({ said }) => said)).toEqual([
      'privilege table users to app only in staging',
    ]);
  });

  it('PAR-12: rights of a role that one environment alone has are not compared, and it is named', () => {
    const both = compare(
      { catalogue: make([grant('table users', 'tester')], ['app', 'tester']) },
      { catalogue: make([grant('table users', 'reporting')], ['app', 'reporting']) },
    );
    expect(saidOf(both)).toEqual([]);
    expect(both.accepted).toContain('rights of tester (staging), reporting (production)');
  });

  it('PAR-12: where nobody told the roles of a server, every right has to be the same', () => {
    const both = compare({ catalogue: make([grant('table users', 'tester')], ['tester']) });
    expect(saidOf(both)).toEqual(['privilege table users to tester only in staging']);
  });

  it('PAR-12: what everybody may is compared whatever roles there are', () => {
    const both = compare(
      { catalogue: make([], []) },
      { catalogue: make([grant('function f()', 'public', 'nothing')], []) },
    );
    expect(saidOf(both)).toEqual([
      'privilege function f() to public is as usual in staging, nothing in production',
    ]);
  });

  it.each([
    ['GRANT SELECT ON users TO app', grant('table users', 'app')],
    ['GRANT SELECT ON shown TO app', grant('view shown', 'app')],
    ['GRANT SELECT ON users TO "Odd one"', grant('table users', '"Odd one"')],
    ['GRANT UPDATE (town) ON users TO app', grant('column users.town', 'app', 'update')],
    ['GRANT USAGE ON SCHEMA billing TO app', grant('schema billing', 'app', 'usage')],
    ['GRANT SELECT ON ALL TABLES IN SCHEMA billing TO app', grant('table billing.bills', 'app')],
    ['REVOKE EXECUTE ON FUNCTION f(int) FROM public', grant('function f(n integer)', 'public', 'nothing')],
    ['GRANT USAGE ON TYPE level TO app', grant('enum level', 'app', 'usage')],
    ['GRANT CONNECT ON DATABASE rur2 TO app', grant('database', 'app', 'connect')],
    [
      'ALTER DEFAULT PRIVILEGES IN SCHEMA billing GRANT SELECT ON TABLES TO app',
      { kind: 'default privilege', name: 'tables that x makes in billing to app', is: 'select', of: '' },
    ],
    ['ALTER POLICY own ON users TO app', grant('policy users.own', 'app', 'applies')],
    ['CREATE SCHEMA billing', { kind: 'schema', name: 'billing', is: '', of: '' }],
    ['CREATE STATISTICS s ON a, b FROM users', { kind: 'statistics', name: 's', is: 'x', of: 'table users' }],
    [
      'CREATE RULE r AS ON DELETE TO users DO NOTHING',
      { kind: 'rule', name: 'users.r', is: 'x', of: 'table users' },
    ],
    [
      'CREATE EVENT TRIGGER w ON ddl_command_end EXECUTE FUNCTION f()',
      { kind: 'event trigger', name: 'w', is: 'x', of: '' },
    ],
  ] as const)('PAR-12: %s explains what staging has from it', async (sql, item) => {
    expect((await explain(sql, [item])).filter((said) => !said.startsWith('migration'))).toEqual([]);
    expect(await explain('SELECT 1', [item])).toHaveLength(1);
  });

  it('PAR-12: a grant does not explain a right that only production has, and a REVOKE does', async () => {
    const right = [grant('table users', 'app')];
    expect(await explain('GRANT SELECT ON users TO app', [], right)).toHaveLength(1);
    expect(await explain('REVOKE SELECT ON users FROM app', [], right)).toEqual([]);
  });

  it('PAR-12: an attached partition explains what the partition has become', async () => {
    const part = (is: string): CatalogueItem => ({ kind: 'table', name: 'parts_1', is, of: '' });
    const sql = 'ALTER TABLE parts ATTACH PARTITION parts_1 FOR VALUES IN (1)';
    expect(await explain(sql, [part('plain partition of public.parts')], [part('plain')])).toEqual([]);
  });
});
