import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { isReleaseError } from '../../../src/domain/failure.ts';
import { makePostgres } from '../../../src/services/postgres/real.ts';
import { failureOf, makeDatabaseSurroundings, makeHastyClock } from './open-database.ts';
import type { SharedCluster } from './share-cluster.ts';

const ENV = 'production';

/** What is said of a database that gives no answer; the server is that of the file that calls this. */
export function describeSilence(shared: SharedCluster): void {
  const { open } = shared;

  describe('a database that cannot be asked', () => {
    const ask = async (url: string, clock = makeHastyClock()) => {
      const postgres = makePostgres(makeDatabaseSurroundings({ url, clock: clock.clock }));
      const error = await failureOf(postgres.ping(ENV));
      await postgres.close();
      return { error, slept: clock.slept };
    };

    it.each([
      ['E_SECRET_REFUSED', (url: string) => url.replace(/:[^:@]+@/, ':wrongCanary@')],
      ['E_SECRET_REFUSED', (url: string) => url.replace(/:[^:@]+@/, '@')],
      ['E_DB_MISSING', (url: string) => `${url}_gone`],
      ['E_DB_UNREACHABLE', (url: string) => url.replace(/:\d+\//, ':1/')],
      ['E_DB_UNREACHABLE', (url: string) => `${url}?sslmode=require`],
    ] as const)('E-66: is told as %s, without its password', async (code, spoil) => {
      const { url } = await open();
      const { error } = await ask(spoil(url));
      expect(isReleaseError(error, code) && error.text.state).toBe('untouched');
      const all = inspect(error, { depth: 9 });
      for (const secret of [decodeURIComponent(new URL(url).password), 'wrongCanary', '@127'])
        expect(all).not.toContain(secret);
    });

    it('is asked three times when nobody listens, and once when the password is wrong', async () => {
      const { url } = await open();
      expect((await ask(url.replace(/:\d+\//, ':1/'))).slept).toEqual([500, 1000]);
      expect((await ask(url.replace(/:[^:@]+@/, ':wrong@'))).slept).toEqual([]);
    });

    it('is told as full when the role has no connection left', async () => {
      const { url, query } = await open({ role: 'app' });
      await query('create role crowded login connection limit 0');
      await query(`alter role crowded password '${decodeURIComponent(new URL(url).password)}'`);
      const { error } = await ask(url.replace('//app:', '//crowded:'));
      expect(isReleaseError(error, 'E_DB_FULL')).toBe(true);
    });
  });
}
