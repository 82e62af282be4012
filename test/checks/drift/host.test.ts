import { expect, it } from 'vitest';
import check from '../../../checks/drift/host.check.ts';
import { accepted } from '../../support/drift.ts';
import { makePolicy, makeRunbook, onlyThese } from '../../support/policy.ts';

const areaOf = async (host: object) => {
  const runbook = makeRunbook({ environments: { production: { url: 'https://rur2.example', host } } });
  return (await check.probe(onlyThese({}), makePolicy({ runbook, ...accepted({}) }))).area;
};

it('DRF-04: reads how the host is reached, published to and proven out of the configuration', async () => {
  expect(await areaOf({ strategy: 'command', publish: './publish.sh' })).toMatchObject({
    url: 'https://rur2.example',
    'host.strategy': 'command',
    'host.publish': './publish.sh',
    'host.proof.times': '3',
    'health.path': '/health',
  });
});

it('DRF-04: another way to publish is drift, whoever wrote it into the runbook', async () => {
  const [before, after] = [
    await areaOf({ strategy: 'push' }),
    await areaOf({ strategy: 'command', publish: 'x' }),
  ];
  const judged = check.judge({ area: after }, makePolicy(accepted({ host: before })));
  expect(judged.outcome).toBe('warn');
  expect(judged.said).toContain('host.strategy changed');
});
