import { expect, it } from 'vitest';
import check from '../../../checks/database/connect.check.ts';
import { makePolicy, onlyThese } from '../../support/policy.ts';

it('ENV-05: passes when the database answered', () => {
  expect(check.judge({ latencyMs: 12.4 }, makePolicy())).toEqual({
    outcome: 'pass',
    said: 'answered in 12 ms',
  });
});

it('ENV-05: a database that does not answer is unknown, never a pass', async () => {
  const services = onlyThese({ postgres: { ping: async () => Promise.reject(new Error('refused')) } });
  await expect(check.probe(services, makePolicy())).rejects.toThrow('refused');
});
