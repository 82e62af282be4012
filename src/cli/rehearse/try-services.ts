import { isReleaseError } from '../../domain/failure.ts';
import { withoutStop } from '../../domain/screen-text.ts';
import type { Wired } from '../wired.ts';
import type { RehearsedWay } from './read-way.ts';
import type { Tried } from './time-part.ts';

/** An answer of one service: what it said, or why it is not good enough. */
type Asked = { readonly is: 'ok' | 'not' | 'unknown'; readonly said: string };

type Question = () => Promise<Asked>;

async function ask(name: string, question: Question): Promise<Asked> {
  try {
    return await question();
  } catch (error) {
    if (!isReleaseError(error)) throw error;
    return { is: 'unknown', said: `${name}: ${withoutStop(error.text.what)} (${error.code})` };
  }
}

/** A switch that cannot be seen to have worked stops a rollback half way. */
const askApplication =
  ({ services, env, environment }: Wired): Question =>
  async () => {
    const { version, maintenance } = await services.host.liveVersion(env);
    const field = environment.maintenance?.statusField;
    if (field !== undefined && maintenance === undefined)
      return {
        is: 'not',
        said: `the application does not say "${field}": nobody could see that users are out`,
      };
    return {
      is: 'ok',
      said: `the application answers (v${version})${field === undefined ? '' : ` and says "${field}"`}`,
    };
  };

const askStripe =
  ({ services, env }: Wired): Question =>
  async () => {
    const key = await services.stripe.keyState(env);
    if (key.state !== 'works')
      return {
        is: 'not',
        said: `the Stripe key ${key.state === 'refused' ? 'is refused' : 'lacks a right'}`,
      };
    const endpoints = await services.stripe.webhookEndpoints(env);
    return { is: 'ok', said: `Stripe lists ${endpoints.length} webhook endpoints` };
  };

const askSlack =
  ({ services }: Wired): Question =>
  async () => {
    const scopes = await services.slack.scopes();
    if (scopes === undefined) return { is: 'ok', said: 'Slack by webhooks, which cannot be asked' };
    return scopes.includes('chat:write')
      ? { is: 'ok', said: 'the Slack bot may write' }
      : { is: 'not', said: 'the Slack bot lacks chat:write' };
  };

function listUntried({ environment, configured }: Wired, { facts }: RehearsedWay): readonly string[] {
  return [
    ...(environment.maintenance ? ['switching maintenance mode'] : []),
    ...(environment.jobs ? ['pausing background jobs'] : []),
    ...(facts.webhooks?.kind === 'disable' ? ['disabling webhooks at Stripe'] : []),
    ...(configured.has('slack') ? ['a message to anybody'] : []),
  ];
}

/** Whether the services of a rollback answer and their keys have rights; not one of them is switched. */
export async function tryServices(wired: Wired, way: RehearsedWay): Promise<Tried> {
  const { configured } = wired;
  const questions: readonly (readonly [string, Question])[] = [
    ...(configured.has('host') ? [['application', askApplication(wired)] as const] : []),
    ...(configured.has('stripe') && way.facts.webhooks?.kind === 'disable'
      ? [['Stripe', askStripe(wired)] as const]
      : []),
    ...(configured.has('slack') ? [['Slack', askSlack(wired)] as const] : []),
  ];
  const answers = await Promise.all(questions.map(([name, question]) => ask(name, question)));
  const notTried = listUntried(wired, way);
  const bad = answers.filter(({ is }) => is !== 'ok');
  if (bad.length > 0)
    return {
      outcome: bad.some(({ is }) => is === 'not') ? 'not' : 'unknown',
      said: bad.map(({ said }) => said).join('; '),
      remedy: 'A rollback needs them, or goes past them and tells so.',
      notTried,
    };
  const said = answers.map((one) => one.said).join('; ') || 'no service has to be switched';
  return { outcome: 'ok', said, notTried };
}
