import { defineDriftCheck } from '../../src/kit.ts';

/**
 * Names of the variables that the running application has, by its own word: the one list that no example file and no
 * console of a platform can get wrong. A required one that is missing is NO-GO, whatever was accepted.
 */
export default defineDriftCheck({
  title: 'Required secrets are set, others as accepted',
  runbook: ['DRF-02', 'HOP-24'],
  kind: 'secret',
  needs: ['app'],
  weight: 'blocker',
  required: ({ environment }) => environment.requiredKeys,
  read: async ({ app }, { env, signal }) => {
    const { envKeys } = await app.inventory(env, signal);
    return { area: Object.fromEntries(envKeys.map((name) => [name, ''])) };
  },
});
