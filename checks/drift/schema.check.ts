import { defineDriftCheck, readSchema } from '../../src/kit.ts';

/** Every object of the schema; what a release moved on purpose is told apart from what a hand changed. */
export default defineDriftCheck({
  title: 'Schema is as accepted, or as releases made it',
  runbook: ['DRF-04'],
  kind: 'schema',
  needs: ['postgres'],
  timeoutMs: 40_000,
  read: async ({ postgres }, { env }) => ({ area: await readSchema(postgres, env) }),
});
