import { createHmac, randomUUID } from 'node:crypto';
import type { WorldSecrets } from './make-secrets.ts';

/** People and Stripe, as the application hears them. */
export interface Users {
  /** So many rounds a second from now on; 0 is silence. A round is one request of each kind. */
  use(roundsPerSecond: number): void;
  /** Resolves when every round that was begun is over. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

const LIMIT_MS = 2_000;
/** Somebody buys something in every fifth round. */
const BUYS_EVERY = 5;
/** Whoever meets the page of a maintenance looks in again after so long. It asks for two minutes: nobody here has them. */
const AWAY_MS = 500;

const sign = (body: string, secret: string): string => {
  const time = Math.floor(Date.now() / 1000);
  return `t=${time},v1=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`;
};

/** Gives the body of a good answer, and nothing for any other. */
type Send = (path: string, init?: RequestInit) => Promise<string>;

const isMaintenance = ({ status, headers }: Response): boolean =>
  status === 503 && headers.has('retry-after');

/** An answer that does not come is counted by the edge, not here. `closed` hears of the page of a maintenance. */
const makeSend =
  (app: string, closed: () => void): Send =>
  async (path, init = {}) => {
    try {
      const answer = await fetch(`${app}${path}`, { ...init, signal: AbortSignal.timeout(LIMIT_MS) });
      const text = await answer.text();
      if (isMaintenance(answer)) closed();
      return answer.ok ? text : '';
    } catch {
      return '';
    }
  };

async function logIn(app: string, secrets: WorldSecrets): Promise<string> {
  const answer = await fetch(`${app}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: secrets.SMOKE_USER, password: secrets.SMOKE_PASSWORD }),
    signal: AbortSignal.timeout(LIMIT_MS),
  });
  const { token } = (await answer.json()) as { readonly token?: string };
  return token ?? '';
}

async function deliver(send: Send, secret: string): Promise<void> {
  const body = JSON.stringify({
    id: `evt_user_${randomUUID()}`,
    object: 'event',
    type: 'invoice.upcoming',
    data: { object: {} },
  });
  const headers = { 'content-type': 'application/json', 'stripe-signature': sign(body, secret) };
  await send('/api/payments/webhook', { method: 'POST', headers, body });
}

/** What users need beside the application. */
export interface UsersGround {
  readonly app: string;
  readonly secrets: WorldSecrets;
  readonly price: string;
  /** Pays an open session, as on Stripe's page. */
  readonly pay: (session: string) => Promise<unknown>;
}

/** A checkout, and the payment on Stripe's page. */
async function buy(send: Send, token: string, { price, pay }: UsersGround): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ priceId: price });
  const opened = await send('/api/payments/create-checkout', { method: 'POST', headers, body });
  const { sessionId } = JSON.parse(opened || '{}') as { readonly sessionId?: string };
  if (sessionId !== undefined) await pay(sessionId);
}

/** One request of each kind, as a person's page and a vendor send them. */
async function goRound(send: Send, token: string, ground: UsersGround, buys: boolean): Promise<void> {
  const as = { headers: { authorization: `Bearer ${token}` } };
  await Promise.all([
    send('/api/auth/me', as),
    send('/api/assessments', as),
    deliver(send, ground.secrets.STRIPE_WEBHOOK_SECRET),
    ...(buys ? [buy(send, token, ground)] : []),
  ]);
}

/** Users of the application of the sandbox; silent until they are told to use it. */
export function startUsers(ground: UsersGround): Users {
  const { app, secrets } = ground;
  let awayUntil = 0;
  const send = makeSend(app, () => {
    awayUntil = performance.now() + AWAY_MS;
  });
  const open = new Set<Promise<void>>();
  let token = '';
  let rounds = 0;
  let timer: NodeJS.Timeout | undefined;
  const round = async (): Promise<void> => {
    if (token === '') token = await logIn(app, secrets).catch(() => '');
    rounds += 1;
    await goRound(send, token, ground, rounds % BUYS_EVERY === 0);
  };
  const begin = (): void => {
    if (performance.now() < awayUntil) return;
    const work = round()
      .catch(() => undefined)
      .finally(() => open.delete(work));
    open.add(work);
  };
  const use = (roundsPerSecond: number): void => {
    clearInterval(timer);
    timer = roundsPerSecond > 0 ? setInterval(begin, 1000 / roundsPerSecond) : undefined;
  };
  const settled = async (): Promise<void> => void (await Promise.allSettled(open));
  return {
    use,
    settled,
    stop: async () => {
      use(0);
      await settled();
    },
  };
}
