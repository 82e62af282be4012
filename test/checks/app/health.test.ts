import { expect, it } from 'vitest';
import check from '../../../checks/app/health.check.ts';
import { ReleaseError } from '../../../src/kit.ts';
import { makePolicy, onlyThese } from '../../support/policy.ts';

const release = { version: 'v2.1.0', branch: 'release/v2.1.0', from: 'v2.0.3' };
const live = (over = {}) => ({ live: { version: '2.0.3', latencyMs: 40, ...over } });

it('DAY-05, ENV-02, ENV-11, HOP-16, HOP-21: passes when the live version answers', () => {
  expect(check.judge(live(), makePolicy({ release }))).toMatchObject({
    outcome: 'pass',
    said: '2.0.3 answered in 40 ms',
  });
});

it('ENV-02: fails when another version answers than the one that should be live', () => {
  expect(check.judge(live({ version: '2.0.1' }), makePolicy({ release })).outcome).toBe('fail');
});

it('DAY-31: wants the version that its own run has proven live, once there is one', () => {
  const policy = makePolicy({ release, facts: { 'prove-live': { version: '2.1.0', answers: 3 } } });
  expect(check.judge(live({ version: '2.1.0' }), policy).outcome).toBe('pass');
  expect(check.judge(live(), policy)).toMatchObject({
    outcome: 'fail',
    said: '2.0.3 answered in 40 ms, but v2.1.0 should be live',
  });
});

it('warns while maintenance mode is on', () => {
  expect(check.judge(live({ maintenance: true }), makePolicy({ release })).outcome).toBe('warn');
});

it('ENV-02, HOP-16: takes a refused connection as the answer no', async () => {
  const down = new ReleaseError('E_APP_DOWN', {
    what: 'Nothing answers.',
    next: 'Start it.',
    state: 'untouched',
  });
  const seen = await check.probe(
    onlyThese({ host: { liveVersion: async () => Promise.reject(down) } }),
    makePolicy(),
  );
  expect(check.judge(seen, makePolicy())).toMatchObject({ outcome: 'fail', said: 'Nothing answers.' });
});

it('HOP-16: lets any other failure through, so that it becomes unknown', async () => {
  const services = onlyThese({ host: { liveVersion: async () => Promise.reject(new Error('odd')) } });
  await expect(check.probe(services, makePolicy())).rejects.toThrow('odd');
});
