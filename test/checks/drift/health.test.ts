import { expect, it } from 'vitest';
import check from '../../../checks/drift/health.check.ts';
import { accepted, acceptedBuild } from '../../support/drift.ts';
import { makePolicy, onlyThese } from '../../support/policy.ts';

const { commit } = acceptedBuild;
const probe = (json: unknown) =>
  check.probe(
    onlyThese({
      host: { liveVersion: async () => ({ version: '2.0.3', commit, latencyMs: 1 }) },
      git: {
        tag: async () => ({ version: 'v2.0.3', annotated: true, object: 'o', commit, at: '', trailers: {} }),
      },
      web: {
        request: async () => ({
          status: 200,
          headers: {},
          bytes: new Uint8Array(),
          text: '',
          json,
          tookMs: 1,
        }),
      },
    }),
    makePolicy(accepted({})),
  );

it('E-62: knows the fields of the health answer by name, whatever they say at the moment', async () => {
  expect(await probe({ status: 'ok', version: '2.0.3', maintenance: null })).toMatchObject({
    area: { status: '', version: '', maintenance: '' },
  });
});

it.each([[['status']], ['ok'], [null], [undefined]])(
  'E-62: %j is no health answer, and nothing known',
  async (json) => {
    await expect(probe(json)).rejects.toMatchObject({ code: 'E_HEALTH_SHAPE' });
  },
);

it('DRF-04: a field that is gone while the code is the same is told', () => {
  const policy = makePolicy(accepted({ health: { status: '', commit: '' } }));
  expect(check.judge({ area: { status: '' }, build: acceptedBuild }, policy)).toMatchObject({
    outcome: 'warn',
    said: 'commit removed',
  });
});
