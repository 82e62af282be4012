import { plural } from '../../src/domain/plural.ts';
import {
  findChannels,
  OPTIONAL_MESSAGES,
  TEAM_MESSAGES,
  type TemplateName,
} from '../../src/domain/template-names.ts';
import { defineCheck, type Runbook } from '../../src/kit.ts';

type Slack = NonNullable<Runbook['services']['slack']>;

/** A route to a channel that does not exist is none. */
const isRouted = ({ channels, routes }: Slack, message: string): boolean =>
  findChannels(routes, message).some((name) => Object.hasOwn(channels, name));

const isWanted = ({ routes }: Slack, message: TemplateName): boolean =>
  !OPTIONAL_MESSAGES.includes(message) || Object.hasOwn(routes, message);

/** Who would be called in a message, but has no member id and is not notified by it. */
const findUnknown = ({ people, decisions, staffing }: Runbook): string[] => {
  const called = new Set([
    ...Object.values(decisions ?? {}).flatMap((one) => one?.roles ?? []),
    ...(staffing?.rollbackRoles ?? []),
  ]);
  return Object.values(people)
    .filter((one) => one.slack === undefined && one.roles.some((role) => called.has(role)))
    .map((one) => one.name);
};

/** A message without a route is heard by nobody, and nobody misses it either (E-96). */
export default defineCheck({
  id: 'people.channels-routed',
  title: 'Every message has a channel and everybody in it is known there',
  runbook: 'COM-01a',
  gates: ['preflight'],
  releaseOnly: true,
  needs: [],
  weight: 'advisory',
  absent: ({ runbook }) => (runbook.services.slack ? undefined : 'no Slack is configured'),
  probe: async (_services, { runbook }) => runbook.services.slack,
  judge: (slack, { runbook }) => {
    if (slack === undefined) return { outcome: 'skip', said: 'no Slack is configured' };
    const wanted = TEAM_MESSAGES.filter((message) => isWanted(slack, message));
    const lost = wanted.filter((message) => !isRouted(slack, message));
    const unknown = findUnknown(runbook);
    if (lost.length + unknown.length === 0)
      return { outcome: 'pass', said: `${plural(wanted.length, 'message')} have a channel` };
    return {
      outcome: 'warn',
      said: [
        ...(lost.length > 0 ? [`no channel for ${lost.join(', ')}`] : []),
        ...(unknown.length > 0 ? [`no Slack id for ${unknown.join(', ')}: a mention would not notify`] : []),
      ].join('; '),
      remedy: 'Add the routes under services.slack.routes, and the member ids under people.',
    };
  },
});
