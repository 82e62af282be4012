import { defineDriftCheck, type Environment } from '../../src/kit.ts';

/** One line for each setting, as the configuration has it; secrets are names there. */
const flatten = (name: string, value: unknown): readonly (readonly [string, string])[] => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [[name, typeof value === 'string' ? value : JSON.stringify(value)]];
  return Object.entries(value).flatMap(([key, one]) => flatten(`${name}.${key}`, one));
};

const settingsOf = ({ url, branch, identity, host, health }: Environment) =>
  Object.entries({ url, branch, identity, host, health }).filter(([, value]) => value !== undefined);

/** How the host is reached, published to and proven, by runbook.config.yaml. */
export default defineDriftCheck({
  title: 'Host is configured as accepted',
  runbook: ['DRF-04'],
  kind: 'host',
  needs: ['host'],
  read: async (_, { environment }) => ({
    area: Object.fromEntries(settingsOf(environment).flatMap(([name, value]) => flatten(name, value))),
  }),
});
