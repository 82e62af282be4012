import type { Runbook } from '../schema/index.ts';
import type { Remark } from './remark.ts';

/** Every part of an environment that needs a service to be described under `services`. */
function checkNeeded({ environments, services }: Runbook): Remark[] {
  return Object.entries(environments).flatMap(([env, { neon, stripe, host }]) => {
    const needed = [
      ['neon', neon !== undefined],
      ['stripe', stripe !== undefined],
      ['github', host?.strategy === 'github-workflow'],
    ] as const;
    return needed
      .filter(([name, isNeeded]) => isNeeded && services[name] === undefined)
      .map(([name]) => ({
        path: ['environments', env, name === 'github' ? 'host' : name],
        message: `environments.${env} needs services.${name}, which is not described`,
        at: 'key' as const,
      }));
  });
}

/** Questions to GitHub that nobody could ask. */
function checkEvidence({ evidence, services }: Runbook): Remark[] {
  if (services.github !== undefined) return [];
  return (['issues', 'ci'] as const)
    .filter((part) => evidence?.[part] !== undefined)
    .map((part) => ({
      path: ['evidence', part],
      message: `evidence.${part} needs services.github, which is not described`,
      at: 'key' as const,
    }));
}

function checkChannels({ services: { slack } }: Runbook): Remark[] {
  const seen = new Map<string, string>();
  return Object.entries(slack?.channels ?? {}).flatMap(([name, channel]): Remark[] => {
    const path = ['services', 'slack', 'channels', name];
    if ('id' in channel && slack?.botToken === undefined)
      return [
        { path, at: 'key', message: `channel "${name}" has an id, which needs services.slack.botToken` },
      ];
    const [mark, what] = 'id' in channel ? [channel.id, 'id'] : [channel.webhook, 'webhook'];
    const other = seen.get(mark);
    seen.set(mark, name);
    const message = `channels "${other}" and "${name}" share one ${what}, which posts to one channel only`;
    return other === undefined ? [] : [{ path: [...path, what], message }];
  });
}

function checkTransport({ services: { slack } }: Runbook): Remark[] {
  if (slack === undefined || slack.botToken !== undefined) return [];
  const message =
    'Slack webhooks cannot reply in a thread. Progress will be posted as separate messages. Add services.slack.botToken for threads';
  return [{ path: ['services', 'slack'], at: 'key', severity: 'warn', message }];
}

function checkMentions({ services: { slack }, people }: Runbook): Remark[] {
  if (slack === undefined) return [];
  return Object.entries(people)
    .filter(([, person]) => person.slack === undefined)
    .map(([key]) => ({
      path: ['people', key],
      at: 'key' as const,
      severity: 'warn' as const,
      message: `person "${key}" has no slack id: mentions will not notify`,
    }));
}

/** Services that are used but not described, or described so that they cannot work. */
export const checkServices = (runbook: Runbook): Remark[] => [
  ...checkNeeded(runbook),
  ...checkEvidence(runbook),
  ...checkChannels(runbook),
  ...checkTransport(runbook),
  ...checkMentions(runbook),
];
