import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { isReleaseError } from '../../../src/domain/failure.ts';
import { makeAddress, readAddress } from '../../../src/services/postgres/address.ts';
import { makeDatabaseSurroundings } from './open-database.ts';

const at = (text: string) => makeAddress('the database of production', '$URL', text);

const thrown = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return error;
  }
};

describe('the address of a database', () => {
  it.each(['require', 'prefer', 'verify-ca'])(
    'E-66: checks the certificate in full for sslmode=%s',
    (mode) => {
      expect(at(`postgres://u:p@db.example/app?sslmode=${mode}`).href).toContain('sslmode=verify-full');
    },
  );

  it.each(['disable', 'verify-full'])('leaves sslmode=%s as it is', (mode) => {
    expect(at(`postgres://u:p@db.example/app?sslmode=${mode}`).href).toContain(`sslmode=${mode}`);
  });

  it('takes out what would win over our own settings or be refused by a pooler', () => {
    const { href } = at(
      'postgres://u:p@h/app?application_name=x&lock_timeout=1&query_timeout=2&options=-c%20a%3D1',
    );
    expect(href).not.toMatch(/application_name|lock_timeout|query_timeout/);
    expect(new URL(href).searchParams.get('options')).toBe('-c a=1');
  });

  it('names the secret, and nothing of its value, when it is no connection string', () => {
    for (const text of [
      'host=db password=canarySecret',
      'https://u:canarySecret@h/',
      'postgres://u:canarySecret#x@h/db',
    ]) {
      const error = thrown(() => at(text));
      expect(isReleaseError(error, 'E_DB_ADDRESS') && error.text.why).toContain('$URL');
      expect(inspect(error, { depth: 9 })).not.toContain('canarySecret');
    }
  });

  it('migrates past the pooler of Neon, with the same user and password', () => {
    const url = 'postgres://app:p%40ss@ep-cool-dew-1-pooler.eu-central-1.aws.neon.tech/app';
    const surroundings = makeDatabaseSurroundings({ url });
    expect(readAddress(surroundings, 'production', 'questions').host).toContain('-pooler.');
    const direct = new URL(readAddress(surroundings, 'production', 'migrations').href);
    expect(direct.hostname).toBe('ep-cool-dew-1.eu-central-1.aws.neon.tech');
    expect([direct.username, direct.password]).toEqual(['app', 'p%40ss']);
  });

  it('migrates by the direct address where one is configured', () => {
    const surroundings = makeDatabaseSurroundings({
      url: 'postgres://u:p@pool.example/app',
      directUrl: 'postgres://u:p@direct.example/app',
    });
    expect(readAddress(surroundings, 'production', 'questions').host).toBe('pool.example');
    expect(readAddress(surroundings, 'production', 'migrations').host).toBe('direct.example');
  });

  it('tells the redactor the password itself, not only the whole address', () => {
    const learned: string[] = [];
    const surroundings = makeDatabaseSurroundings({ url: 'postgres://u:p%40ssword@h/app' });
    const secrets = { ...surroundings.secrets, learn: (value: string) => void learned.push(value) };
    readAddress({ ...surroundings, secrets }, 'production', 'questions');
    expect(learned).toEqual(['p@ssword']);
  });

  it('refuses an environment without a database', () => {
    const surroundings = makeDatabaseSurroundings({ url: 'postgres://u:p@h/app' });
    const error = thrown(() => readAddress(surroundings, 'preview', 'questions'));
    expect(isReleaseError(error, 'E_NOT_CONFIGURED')).toBe(true);
  });
});
