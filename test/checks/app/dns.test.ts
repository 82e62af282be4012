import { expect, it } from 'vitest';
import check from '../../../checks/app/dns.check.ts';
import { makePolicy, makeRunbook, onlyThese } from '../../support/policy.ts';

const seen = (host: string, addresses: readonly string[] = ['192.0.2.1']) => ({ host, addresses, tookMs: 3 });

it.each([
  [[seen('rur2.example')], 'pass'],
  [[seen('rur2.example', [])], 'fail'],
  [[seen('rur2.example'), seen('staging.example', [])], 'fail'],
  [[], 'fail'],
])('ENV-04, HOP-16: with %j the answer is %s', (found, outcome) => {
  expect(check.judge(found, makePolicy()).outcome).toBe(outcome);
});

it('ENV-04: asks for the host of every environment, and times each', async () => {
  const environments = { production: { url: 'https://a.example' }, staging: { url: 'https://b.example' } };
  const policy = makePolicy({ runbook: makeRunbook({ environments }) });
  const services = onlyThese({ web: { addresses: async (env) => seen(`${env}.example`) } });
  const found = await check.probe(services, policy);
  expect(check.judge(found, policy).said).toBe(
    'production.example has 1 address, 3 ms; staging.example has 1 address, 3 ms',
  );
});
