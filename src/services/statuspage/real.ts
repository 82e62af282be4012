import type { Surroundings } from '../surroundings.ts';
import { makeAtlassianPage } from './atlassian.ts';
import { makeFilePage } from './file.ts';
import type { StatusPagePort } from './port.ts';
import { pageAbsent } from './refusals.ts';
import { makeWebhookPage } from './webhook.ts';

type OnePage = Omit<StatusPagePort, 'canRead'>;

const settingsOf = ({ runbook }: Surroundings, env: string) =>
  Object.hasOwn(runbook.environments, env) ? runbook.environments[env]?.statusPage : undefined;

/** The page of this environment and no other: a rehearsal on staging must never be read by customers. */
function pageOf(surroundings: Surroundings, env: string): OnePage {
  const settings = settingsOf(surroundings, env);
  const whose = { service: surroundings.runbook.service, env };
  switch (settings?.kind) {
    case 'atlassian':
      return makeAtlassianPage(surroundings, settings, whose);
    case 'webhook':
      return makeWebhookPage(surroundings, settings, whose);
    case 'file':
      return makeFilePage(surroundings, settings, whose);
    default:
      throw pageAbsent(env);
  }
}

/** The status page that an environment has: Atlassian's, the owner's webhook, or a file. */
export const makeStatusPage = (surroundings: Surroundings): StatusPagePort => ({
  canRead: (env) => settingsOf(surroundings, env)?.kind !== 'webhook',
  list: async (env) => pageOf(surroundings, env).list(env),
  tell: async (env, order, signal) => pageOf(surroundings, env).tell(env, order, signal),
});
