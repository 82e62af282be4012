import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { paths } from '@octokit/openapi-types';
import type { Exchange } from '../../src/sandbox/servers/router.ts';
import { OpenApi } from '../support/conformance/open-api.ts';
import type { Described } from '../support/conformance/typed-answers.ts';

const packages = createRequire(import.meta.url);

/** Neon's own description of its API, as its package ships it. */
export const describeNeon = (): OpenApi => {
  const folder = dirname(packages.resolve('@neondatabase/api-client/package.json'));
  return new OpenApi(join(folder, 'public-v2-for-users.gen.yaml'), '/api/v2');
};

const pathOf = (template: string): RegExp => new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`);

const slackMethod = (method: string): Described => {
  const name = method.replaceAll(/(?:^|\.)\w/g, (part) => part.slice(-1).toUpperCase());
  return { method: 'POST', path: pathOf(`/api/${method}`), type: `import('@slack/web-api').${name}Response` };
};

/** Answers of Slack's Web API, as its own client types them. */
export const SLACK: readonly Described[] = [
  'chat.postMessage',
  'chat.update',
  'chat.getPermalink',
  'conversations.history',
  'conversations.replies',
  'conversations.info',
  'conversations.list',
  'auth.test',
].map(slackMethod);

const stripe = (method: string, path: string, type: string): Described => ({
  method,
  path: pathOf(`/v1/${path}`),
  type: type.replaceAll('Stripe.', "import('stripe').Stripe."),
});

/** Answers of Stripe, as its own library types them. */
export const STRIPE: readonly Described[] = [
  stripe('GET', 'account', 'Stripe.Account'),
  stripe('GET', 'balance', 'Stripe.Balance'),
  stripe('GET', 'webhook_endpoints', 'Stripe.ApiList<Stripe.WebhookEndpoint>'),
  stripe('GET', 'webhook_endpoints/{id}', 'Stripe.WebhookEndpoint'),
  stripe('POST', 'webhook_endpoints/{id}', 'Stripe.WebhookEndpoint'),
  stripe('GET', 'events', 'Stripe.ApiList<Stripe.Event>'),
  stripe('GET', 'events/{id}', 'Stripe.Event'),
  stripe('GET', 'prices/{id}', 'Stripe.Price'),
  stripe('POST', 'checkout/sessions', 'Stripe.Checkout.Session'),
  stripe('GET', 'checkout/sessions', 'Stripe.ApiList<Stripe.Checkout.Session>'),
  stripe('GET', 'checkout/sessions/{id}', 'Stripe.Checkout.Session'),
  stripe('POST', 'checkout/sessions/{id}/expire', 'Stripe.Checkout.Session'),
  stripe('GET', 'payment_intents', 'Stripe.ApiList<Stripe.PaymentIntent>'),
  stripe('GET', 'charges', 'Stripe.ApiList<Stripe.Charge>'),
];

const github = (method: string, path: keyof paths, status = 200): Described => {
  const operation = `import('@octokit/openapi-types').paths['${path}']['${method.toLowerCase()}']`;
  const type = `${operation}['responses'][${status}]['content']['application/json']`;
  return { method, path: pathOf(path), type };
};
const HOME = '/repos/{owner}/{repo}';

/** Answers of GitHub, as its own description types them. */
export const GITHUB: readonly Described[] = [
  github('POST', `${HOME}/actions/workflows/{workflow_id}/dispatches`),
  github('GET', `${HOME}/actions/workflows/{workflow_id}/runs`),
  github('GET', `${HOME}/actions/runs/{run_id}`),
  github('GET', `${HOME}/actions/runs/{run_id}/pending_deployments`),
  github('POST', `${HOME}/actions/runs/{run_id}/pending_deployments`),
  github('GET', `${HOME}/issues`),
  github('POST', `${HOME}/issues`, 201),
  github('GET', '/search/issues'),
  github('GET', `${HOME}/labels`),
  github('GET', `${HOME}/commits/{ref}/check-runs`),
  github('GET', `${HOME}/commits/{ref}/status`),
  github('GET', '/rate_limit'),
];

/** An answer with a field that nobody has: what compares must name it. */
export const planted = (method: string, path: string): Exchange => ({
  call: { method, path, query: new URLSearchParams(), params: {}, headers: {}, body: Buffer.alloc(0) },
  answer: { status: 200, json: { field_of_nobody: 1 } },
});
