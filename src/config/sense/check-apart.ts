import type { Environment, Runbook } from '../schema/index.ts';
import type { Remark } from './remark.ts';

const sameUrl = (url: string): string => url.replace(/\/+$/, '').toLowerCase();

/** Customers read production's page: a rehearsal elsewhere must not be told there. */
function pageMarks(page: Environment['statusPage']): (readonly [string, string | undefined])[] {
  if (page?.kind === 'file') return [['statusPage.path', `file ${page.path}`]];
  if (page?.kind === 'webhook') return [['statusPage.url', page.url]];
  return (page?.components ?? []).map((id, i) => [`statusPage.components.${i}`, `component ${id}`]);
}

/** What must never be the same in two environments, by its path inside one. */
const marksOf = ({ url, database, stripe, neon, statusPage }: Environment): (readonly [string, string])[] =>
  [
    ['url', sameUrl(url)],
    ['database.url', database?.url],
    ['database.directUrl', database?.directUrl],
    ['stripe.secretKey', stripe?.secretKey],
    ...pageMarks(statusPage),
    ['neon.branch', neon && `${neon.project}/${neon.branch}/${neon.database}`],
  ].filter((mark): mark is [string, string] => mark[1] !== undefined);

/** A direct address may repeat its own environment's address, never that of another one. */
const thingOf = (part: string): string => {
  if (part.startsWith('statusPage.')) return 'statusPage';
  return part.startsWith('database.') ? 'database' : part;
};

/** Two environments that point at the same thing are how a test reaches production (T31). */
export function checkApart(runbook: Runbook): Remark[] {
  const seen = new Map<string, { readonly env: string; readonly part: string }>();
  return Object.entries(runbook.environments).flatMap(([env, environment]) =>
    marksOf(environment).flatMap(([part, value]) => {
      const mark = `${thingOf(part)} ${value}`;
      const other = seen.get(mark);
      if (other === undefined) seen.set(mark, { env, part });
      if (other === undefined || other.env === env) return [];
      const message = `environments.${other.env}.${other.part} and environments.${env}.${part} are the same`;
      return [{ path: ['environments', env, ...part.split('.')], message }];
    }),
  );
}

/** A protected environment takes real money; Stripe's test mode there would let every payment through unpaid. */
export const checkProtected = (runbook: Runbook): Remark[] =>
  Object.entries(runbook.environments).flatMap(([env, environment]) =>
    environment.protected && environment.stripe?.mode === 'test'
      ? [
          {
            path: ['environments', env, 'stripe', 'mode'],
            message: `${env} is protected but uses Stripe's test mode`,
          },
        ]
      : [],
  );
