import { expect, it } from 'vitest';
import check from '../../../checks/app/smoke.check.ts';
import { makePolicy, onlyThese } from '../../support/policy.ts';

const endpoint = (state: string, said = 'ok') => ({ id: 'login', endpoint: 'POST /login', state, said });

it('DP-2b: decides on the report of the smoke tests', async () => {
  const facts = { smoke: { call: 'go', endpoints: [endpoint('pass'), endpoint('skip')] } };
  const seen = await check.probe(onlyThese({}), makePolicy({ facts }));
  expect(check.judge(seen, makePolicy())).toMatchObject({
    outcome: 'pass',
    said: 'as expected: 1 endpoints',
  });
});

it('DP-2b: fails with the endpoints that were wrong or not established', () => {
  const seen = { call: 'hold', endpoints: [endpoint('unknown', 'not run'), endpoint('pass')] };
  expect(check.judge(seen, makePolicy())).toMatchObject({
    outcome: 'fail',
    said: 'POST /login: not run',
    holds: true,
  });
});

it('DP-2b: is no when one failed, and waits for a second look when too little was seen', () => {
  const failed = { call: 'no-go', endpoints: [endpoint('fail', 'HTTP 500')] };
  const no = check.judge(failed, makePolicy());
  expect(no).toMatchObject({ outcome: 'fail', said: 'POST /login: HTTP 500' });
  expect(no).not.toHaveProperty('holds');
});

it('fails when nothing was asked', () => {
  expect(check.judge({ call: 'no-go', endpoints: [] }, makePolicy())).toMatchObject({
    outcome: 'fail',
    said: 'nothing was asked',
  });
});

it('cannot answer before a smoke test ran', async () => {
  await expect(check.probe(onlyThese({}), makePolicy())).rejects.toMatchObject({ code: 'E_NO_SMOKE' });
});
