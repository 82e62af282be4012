import { defineDriftCheck, ReleaseError, readBuild } from '../../src/kit.ts';

const noObject = (path: string): ReleaseError =>
  new ReleaseError('E_HEALTH_SHAPE', {
    what: `${path} does not answer with a JSON object.`,
    next: 'Let it answer with version and status, as docs/drift.md says.',
    state: 'untouched',
  });

/** The fields of the health answer are a contract: watching, proving and parity rest on them (E-62). */
export default defineDriftCheck({
  title: 'Health endpoint answers the accepted fields',
  runbook: ['DRF-04'],
  kind: 'health',
  needs: ['git', 'host', 'web'],
  read: async (services, { env, environment, signal }) => {
    const { path } = environment.health;
    const build = await readBuild(services, env);
    const { json } = await services.web.request(env, { method: 'GET', path, signal });
    if (typeof json !== 'object' || json === null || Array.isArray(json)) throw noObject(path);
    return { build, area: Object.fromEntries(Object.keys(json).map((field) => [field, ''])) };
  },
});
