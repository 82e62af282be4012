import type { Client, ClientConfig, Pool } from 'pg';
import { seconds } from '../../domain/duration.ts';
import type { Address } from './address.ts';
import { importPg } from './import-pg.ts';
import { readPostgresFailure } from './read-failure.ts';
import { sayClosed, sayUnreached } from './say-failure.ts';
import { makeTurns } from './turns.ts';

/** A session of its own: the name it is seen by, and whether it takes questions before it has answered the last one. */
export interface Session {
  readonly application: string;
  readonly pipeline?: boolean;
}

/** Sessions to one database. What cannot be reached throws as `sayUnreached` says it; nothing was sent then. */
export interface Connections {
  /**
   * Hands out one of the few sessions for questions; one in which `use` failed is not used again. It is a pipeline:
   * what is asked without waiting goes one way and comes back together, in order.
   */
  borrow<T>(address: Address, use: (client: Client) => Promise<T>): Promise<T>;
  /** A session of its own, closed afterwards whatever happened. */
  open<T>(address: Address, session: Session, use: (client: Client) => Promise<T>): Promise<T>;
  /** True after `close`; nothing is opened any more. */
  readonly isClosed: boolean;
  /** Ends every session, also those that still work. */
  close(): Promise<void>;
}

// Shorter than the time limit of a check, so that the check says what happened and not just that it took long.
const CONNECT_MS = seconds(8);
/** More would themselves fill the pool that a check looks at. */
const MOST_SESSIONS = 3;
/** Longer than any limit the server is given; only for a server that is gone without a word. */
const SILENCE_MS = seconds(150);
const GOODBYE_MS = seconds(2);

const settingsFor = (address: Address, { application, pipeline = false }: Session): ClientConfig => ({
  connectionString: address.href,
  pipeline,
  application_name: application,
  connectionTimeoutMillis: CONNECT_MS,
  keepAlive: true,
  keepAliveInitialDelayMillis: seconds(10),
});

// A session that the server cuts while nobody asks it anything would otherwise end this process.
const ignoreCuts = (client: Pick<Client, 'on'>): void => {
  client.on('error', () => undefined);
};

/** A server that does not answer the goodbye must not keep us. */
async function sayGoodbye(goodbye: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((done) => {
    timer = setTimeout(done, GOODBYE_MS);
  });
  await Promise.race([goodbye.catch(() => undefined), enough]);
  clearTimeout(timer);
}

const end = (client: Client): Promise<void> => sayGoodbye(client.end());

/** Ends a session that still works. A pipeline would wait for its answers first, and a silent server gives none. */
async function cut(client: Client): Promise<void> {
  if (client.pipeline) client.connection.stream.destroy();
  else await end(client);
}

async function makePool(address: Address, application: string, silenceMs: number): Promise<Pool> {
  const pg = await importPg();
  const settings = { ...settingsFor(address, { application, pipeline: true }), query_timeout: silenceMs };
  const pool = new pg.Pool({ ...settings, max: MOST_SESSIONS, allowExitOnIdle: true });
  pool.on('error', () => undefined);
  pool.on('connect', ignoreCuts);
  return pool;
}

const connect = <T>(address: Address, attempt: Promise<T>): Promise<T> =>
  attempt.catch((error: unknown) => {
    throw sayUnreached(address, readPostgresFailure(error));
  });

class OpenConnections implements Connections {
  readonly #application: string;
  readonly #silenceMs: number;
  readonly #pools = new Map<string, Promise<Pool>>();
  readonly #turns = new Map<string, ReturnType<typeof makeTurns>>();
  readonly #busy = new Set<Client>();
  #isClosed = false;

  constructor(application: string, silenceMs: number) {
    this.#application = application;
    this.#silenceMs = silenceMs;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  async borrow<T>(address: Address, use: (client: Client) => Promise<T>): Promise<T> {
    const leave = await this.#enter(address.href);
    try {
      if (this.#isClosed) throw sayClosed(address);
      const pool = await this.#poolOf(address);
      const client = await connect(address, pool.connect());
      return await this.#use(client, use, (isGood) => client.release(!isGood));
    } finally {
      leave();
    }
  }

  async open<T>(address: Address, session: Session, use: (client: Client) => Promise<T>): Promise<T> {
    const pg = await importPg();
    if (this.#isClosed) throw sayClosed(address);
    const client = new pg.Client(settingsFor(address, session));
    ignoreCuts(client);
    await connect(address, client.connect());
    return this.#use(client, use, () => end(client));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const busy = [...this.#busy].map(cut);
    const pools = [...this.#pools.values()].map((pool) => sayGoodbye(pool.then((one) => one.end())));
    this.#pools.clear();
    await Promise.all([...busy, ...pools]);
  }

  async #use<T, C extends Client>(
    client: C,
    use: (client: C) => Promise<T>,
    giveBack: (isGood: boolean) => void | Promise<void>,
  ): Promise<T> {
    this.#busy.add(client);
    let isGood = false;
    try {
      const answer = await use(client);
      isGood = true;
      return answer;
    } finally {
      this.#busy.delete(client);
      await giveBack(isGood);
    }
  }

  /** The pool itself never has a line: its limit on connecting would count the waiting, too. */
  #enter(href: string): Promise<() => void> {
    const turns = this.#turns.get(href) ?? makeTurns(MOST_SESSIONS);
    this.#turns.set(href, turns);
    return turns();
  }

  #poolOf(address: Address): Promise<Pool> {
    const pool = this.#pools.get(address.href) ?? makePool(address, this.#application, this.#silenceMs);
    this.#pools.set(address.href, pool);
    return pool;
  }
}

/**
 * Opens nothing yet. `application` is the name of the sessions that ask questions; one that has been silent for
 * `silenceMs` is given up.
 */
export const makeConnections = (application: string, silenceMs = SILENCE_MS): Connections =>
  new OpenConnections(application, silenceMs);
