import type { Environment } from '../../../config/schema/index.ts';
import {
  findJobsPausedSince,
  findMaintenanceSince,
  findTrafficAwaySince,
  findWebhooksOff,
} from '../../../ledger/find-held.ts';
import { type ByHand, quote, type Stopped, variable } from './by-hand.ts';

type Hook = NonNullable<Environment['maintenance']>['off'];

/** The same call as the program makes, for a terminal. The token stands there as the name of its variable. */
function lineOf(hook: Hook, { environment: { url }, root, plan: { env } }: Stopped): string {
  if ('command' in hook) return `cd ${quote(root)} && export RELEASE_ENV=${quote(env)} && ${hook.command}`;
  const { method, path, token, json } = hook;
  return [
    `curl -gfsS -X ${method}`,
    ...(token === undefined ? [] : [`-H "Authorization: Bearer ${variable(token)}"`]),
    `-H 'Content-Type: application/json' -d ${quote(JSON.stringify(json ?? {}))}`,
    quote(new URL(path, url).href),
  ].join(' ');
}

/** The call that enables an endpoint at Stripe. */
function stripeLine(id: string, { environment, runbook }: Stopped): string {
  const { apiUrl = 'https://api.stripe.com' } = runbook.services.stripe ?? {};
  const key = variable(environment.stripe?.secretKey ?? '');
  return `curl -gfsS -u "${key}:" -d disabled=false ${quote(new URL(`/v1/webhook_endpoints/${id}`, apiUrl).href)}`;
}

/** What this run holds back from users, and how it is let go. */
export function doorsByHand(stopped: Stopped): readonly ByHand[] {
  const { state, environment } = stopped;
  const { maintenance, jobs, traffic } = environment;
  const isOut = findMaintenanceSince([state]) !== undefined;
  const letIn = 'let users in again, once the application is good';
  return [
    ...(maintenance && isOut ? [{ says: letIn, line: lineOf(maintenance.off, stopped) }] : []),
    ...(traffic && findTrafficAwaySince([state]) !== undefined
      ? [{ says: 'send users to the application again', line: lineOf(traffic.normal, stopped) }]
      : []),
    ...(jobs && findJobsPausedSince([state]) !== undefined
      ? [{ says: 'start background jobs again', line: lineOf(jobs.resume, stopped) }]
      : []),
    ...(findWebhooksOff([state])?.endpoints ?? []).map((id) => ({
      says: `let Stripe deliver to ${id} again`,
      line: stripeLine(id, stopped),
    })),
  ];
}
