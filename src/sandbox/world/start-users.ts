import { createHmac, randomUUID } from 'node:crypto';
import type { WorldSecrets } from './make-secrets.ts';

/** People and Stripe, as the application hears them. */
export interface Users {
  /** So many rounds a second from now on; 0 is silence. A round is one request of each kind. */
  use(roundsPerSecond: number): void;
  stop(): Promise<void>;
}

const LIMIT_MS = 2_000;

const sign = (body: string, secret: string): string => {
  const time = Math.floor(Date.now() / 1000);
  return `t=${time},v1=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`;
};

type Send = (path: string, init?: RequestInit) => Promise<Response | undefined>;

/** An answer that does not come is counted by the edge, not here. */
const makeSend =
  (app: string): Send =>
  async (path, init = {}) => {
    try {
      const answer = await fetch(`${app}${path}`, { ...init, signal: AbortSignal.timeout(LIMIT_MS) });
      await answer.arrayBuffer();
      return answer;
    } catch {
      return undefined;
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

/** One request of each kind, as a person's page and a vendor send them. */
async function goRound(send: Send, token: string, secrets: WorldSecrets): Promise<void> {
  const as = { headers: { authorization: `Bearer ${token}` } };
  await Promise.all([
    send('/api/auth/me', as),
    send('/api/assessments', as),
    deliver(send, secrets.STRIPE_WEBHOOK_SECRET),
  ]);
}

/** Users of the application of the sandbox; silent until they are told to use it. */
export function startUsers(app: string, secrets: WorldSecrets): Users {
  const send = makeSend(app);
  const open = new Set<Promise<void>>();
  let token = '';
  let timer: NodeJS.Timeout | undefined;
  const round = async (): Promise<void> => {
    if (token === '') token = await logIn(app, secrets).catch(() => '');
    await goRound(send, token, secrets);
  };
  const begin = (): void => {
    const work = round().finally(() => open.delete(work));
    open.add(work);
  };
  const use = (roundsPerSecond: number): void => {
    clearInterval(timer);
    timer = roundsPerSecond > 0 ? setInterval(begin, 1000 / roundsPerSecond) : undefined;
  };
  return {
    use,
    stop: async () => {
      use(0);
      await Promise.allSettled(open);
    },
  };
}
