import { didYouMean } from '../domain/suggest.ts';
import { type Path, problemAt, type Source } from './parse-yaml.ts';
import type { Problem } from './problem.ts';
import type { Runbook } from './schema/index.ts';

type Say = (path: Path, message: string, severity?: Problem['severity']) => void;

/** A name that must be one of the known ones. */
function mustKnow(say: Say, what: string, path: Path, name: string, known: readonly string[]): void {
  if (!known.includes(name)) say(path, `there is no ${what} "${name}".${didYouMean(name, known)}`);
}

function checkNames(runbook: Runbook, say: Say): void {
  const environments = Object.keys(runbook.environments);
  const roles = Object.keys(runbook.roles);
  const budgets = Object.keys(runbook.budgets);
  const channels = Object.keys(runbook.services.slack?.channels ?? {});
  mustKnow(say, 'environment', ['defaultEnv'], runbook.defaultEnv, environments);
  for (const [i, call] of (runbook.smoke?.calls ?? []).entries()) {
    mustKnow(say, 'budget', ['smoke', 'calls', i, 'budget'], call.budget, budgets);
  }
  for (const [point, { roles: wanted }] of Object.entries(runbook.decisions ?? {})) {
    wanted.forEach((role, i) => void mustKnow(say, 'role', ['decisions', point, 'roles', i], role, roles));
  }
  for (const [key, person] of Object.entries(runbook.people)) {
    person.roles.forEach((role, i) => void mustKnow(say, 'role', ['people', key, 'roles', i], role, roles));
    if (runbook.services.slack && person.slack === undefined)
      say(['people', key], `person "${key}" has no slack id: mentions will not notify`, 'warn');
  }
  for (const [route, wanted] of Object.entries(runbook.services.slack?.routes ?? {})) {
    wanted.forEach(
      (name, i) => void mustKnow(say, 'channel', ['services', 'slack', 'routes', route, i], name, channels),
    );
  }
}

/** Two environments that point at the same thing are how a test reaches production (T31). */
function checkApart(runbook: Runbook, say: Say): void {
  const seen = new Map<string, string>();
  for (const [env, environment] of Object.entries(runbook.environments)) {
    const marks = [
      ['url', environment.url],
      ['database', environment.database?.url],
      ['stripe', environment.stripe?.secretKey],
    ] as const;
    for (const [part, value] of marks) {
      if (value === undefined) continue;
      const other = seen.get(`${part} ${value}`);
      if (other)
        say(
          ['environments', env, part],
          `environments.${other}.${part} and environments.${env}.${part} are the same.`,
        );
      seen.set(`${part} ${value}`, env);
    }
    if (environment.protected && environment.stripe?.mode === 'test') {
      say(['environments', env, 'stripe', 'mode'], `${env} is protected but uses Stripe's test mode.`);
    }
  }
}

function checkWebhooks(runbook: Runbook, say: Say): void {
  const seen = new Map<string, string>();
  for (const [name, channel] of Object.entries(runbook.services.slack?.channels ?? {})) {
    if (!('webhook' in channel)) {
      if (!runbook.services.slack?.botToken)
        say(
          ['services', 'slack', 'channels', name],
          `channel "${name}" has an id, which needs services.slack.botToken.`,
        );
      continue;
    }
    const other = seen.get(channel.webhook);
    if (other)
      say(
        ['services', 'slack', 'channels', name],
        `channels "${other}" and "${name}" share one webhook, which posts to one channel only.`,
      );
    seen.set(channel.webhook, name);
  }
}

const GIVEN = ['version', 'run', 'now', 'email', 'password', 'adminToken', 'checkoutPrice'];

/** A placeholder must be given, or captured by an earlier call. */
function checkPlaceholders(runbook: Runbook, say: Say): void {
  const known = new Set(GIVEN);
  for (const [i, call] of (runbook.smoke?.calls ?? []).entries()) {
    const texts = `${call.path} ${JSON.stringify([call.json, call.fields, call.body])}`;
    for (const [, name = ''] of texts.matchAll(/\{([A-Za-z][A-Za-z0-9_]*)\}/g)) {
      if (!known.has(name))
        say(['smoke', 'calls', i], `{${name}} is not captured by an earlier call.${didYouMean(name, known)}`);
    }
    for (const name of Object.keys(call.capture ?? {})) known.add(name);
    if (call.as === 'user' && !known.has('token'))
      say(['smoke', 'calls', i, 'as'], 'no earlier call captures "token".');
  }
}

/** What the schema cannot see: names that mean nothing, environments that are one, placeholders nobody fills. */
export function checkSense(source: Source, runbook: Runbook): readonly Problem[] {
  const problems: Problem[] = [];
  const say: Say = (path, message, severity = 'error') =>
    void problems.push(problemAt(source, path, message, { severity }));
  for (const check of [checkNames, checkApart, checkWebhooks, checkPlaceholders]) check(runbook, say);
  return problems;
}
