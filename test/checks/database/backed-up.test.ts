import { expect, it } from 'vitest';
import check from '../../../checks/database/backed-up.check.ts';
import type { DatabasePlace } from '../../../src/services/neon/port.ts';
import { makePolicy, onlyThese } from '../../support/policy.ts';

const LIVE = { host: 'ep-live.neon.tech', port: 5432, database: 'rur2' };
const POINT = { at: '2026-11-23T15:00:00.123456Z', lsn: '0/16B3748', xid: '757:760:758' };
const answer = async (place: DatabasePlace, host = LIVE.host) => {
  const own = { ...LIVE, host, systemIdentifier: '1', serverVersion: '18.1' };
  const services = onlyThese({
    neon: { place: () => Promise.resolve(place) },
    postgres: { identity: () => Promise.resolve(own), restorePoint: () => Promise.resolve(POINT) },
  });
  return check.judge(await check.probe(services, makePolicy()), makePolicy());
};

it.each([
  ['the branch itself', LIVE, 'pass'],
  ['another host', { ...LIVE, host: 'ep-other.neon.tech' }, 'fail'],
  ['another port', { ...LIVE, port: 6432 }, 'fail'],
  ['another database', { ...LIVE, database: 'postgres' }, 'fail'],
])('HOP-15: with a database on %s the answer is judged', async (_, place, outcome) => {
  expect((await answer(place)).outcome).toBe(outcome);
});

it('PRE-27: records the restore point by branch, position and time of the database', async () => {
  const { said, evidence } = await answer(LIVE);
  expect(said).toBe('rur2 is on main; restore point 0/16B3748 of 2026-11-23T15:00:00.123456Z');
  expect(evidence).toEqual({ restorePoint: { branch: 'main', ...POINT } });
});

it('PRE-27: a position of another database is no restore point of this one', async () => {
  expect((await answer({ ...LIVE, host: 'ep-other.neon.tech' })).evidence).toBeUndefined();
});

it('PRE-27: a later position is the same finding', async () => {
  expect((await answer(LIVE)).about).toEqual({ branch: 'main' });
});

it('HOP-15: a pooled address is the branch behind the pooler', async () => {
  expect((await answer(LIVE, 'ep-live-pooler.neon.tech')).outcome).toBe('pass');
});

it('HOP-15: names both when the backup would be of something else', async () => {
  const { said } = await answer({ ...LIVE, host: 'ep-other.neon.tech' });
  expect(said).toBe('the database is rur2 on ep-live.neon.tech, but main has rur2 on ep-other.neon.tech');
});
