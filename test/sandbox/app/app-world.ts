import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Behaviour } from '../../../src/sandbox/app/behaviour.ts';
import type { AppSettings } from '../../../src/sandbox/app/settings.ts';
import { type RunningApp, startApp } from '../../../src/sandbox/app/start-app.ts';
import { askServer, type Row } from '../../../src/sandbox/postgres/ask-server.ts';
import type { Cluster } from '../../../src/sandbox/postgres/cluster.ts';
import { makeReachableFolder } from '../../../src/sandbox/postgres/drop-privileges.ts';
import { makeTree } from '../../../src/sandbox/seed/files/make-tree.ts';
import { BAD, CANDIDATE, PAST, type SeedVersion } from '../../../src/sandbox/seed/files/versions.ts';
import { seedDatabase } from '../../../src/sandbox/seed/seed-database.ts';
import { type Answer, route, type StandIn, startStandIn } from '../../../src/sandbox/servers/router.ts';
import { signPayload } from '../../../src/services/stripe/sign.ts';
import { startCopiedCluster } from '../../support/copy-cluster.ts';

export const SMOKE = { email: 'smoke@rur2.example', password: 'correct horse battery' };
export const OPERATOR = 'operator-token';
export const ADMIN = 'admin-token';
export const BYPASS = 'let-me-through';
const WEBHOOK_SECRET = 'whsec_sandbox';

const VERSIONS: Readonly<Record<string, SeedVersion>> = Object.fromEntries(
  [...PAST, CANDIDATE, BAD].map((one) => [one.version, one]),
);

interface Wanted {
  readonly version?: string;
  readonly database?: string;
  readonly behaviour?: Partial<Behaviour>;
  readonly settings?: Partial<AppSettings>;
}

/** A seeded cluster, a Stripe that opens sessions, and applications over them. */
export class AppWorld {
  readonly folder = mkdtempSync(join(tmpdir(), 'release-app-'));
  readonly log: string[] = [];
  readonly #apps: RunningApp[] = [];
  #databases = 0;

  private constructor(
    readonly home: string,
    readonly cluster: Cluster,
    readonly stripe: StandIn,
  ) {}

  static async open(): Promise<AppWorld> {
    const home = makeReachableFolder('release-app-cluster-');
    const cluster = await startCopiedCluster({ folder: join(home, 'production') });
    await seedDatabase(cluster, { database: 'rur2', role: 'rur2_owner', smokeUser: SMOKE });
    let sessions = 0;
    const open = (): Answer => {
      sessions += 1;
      return {
        status: 200,
        json: { id: `cs_live_${sessions}`, url: `https://checkout.example/${sessions}` },
      };
    };
    return new AppWorld(home, cluster, await startStandIn([route('POST /v1/checkout/sessions', open)]));
  }

  /** A database like the seeded one, and then the migrations of these versions. */
  async freshDatabase(...migratedFor: readonly string[]): Promise<string> {
    this.#databases += 1;
    const name = `rur2_${this.#databases}`;
    await this.cluster.query(
      'postgres',
      `create database ${name} template rur2 owner rur2_owner strategy file_copy`,
    );
    for (const { sql } of migratedFor.flatMap((version) => VERSIONS[version]?.migrations ?? []))
      await this.query(name, sql);
    return name;
  }

  query(database: string, sql: string): Promise<readonly Row[]> {
    return askServer(this.cluster.url(database, 'rur2_owner'), sql);
  }

  async number(database: string, sql: string): Promise<number> {
    return Number(Object.values((await this.query(database, sql))[0] ?? {})[0]);
  }

  /** The checkout of a version, written to a folder as a platform does it. */
  checkout(version: string, behaviour?: Partial<Behaviour>): string {
    const root = mkdtempSync(join(this.folder, 'build-'));
    const seed = VERSIONS[version];
    if (seed === undefined) throw new Error(`there is no ${version}`);
    const tree = { ...makeTree(seed), ...(behaviour && { 'app/behaviour.json': JSON.stringify(behaviour) }) };
    for (const [path, text] of Object.entries(tree)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return root;
  }

  settings({ version = '2.0.3', database = 'rur2', behaviour, settings }: Wanted = {}): AppSettings {
    return {
      port: 0,
      databaseUrl: this.cluster.url(database, 'rur2_owner'),
      environment: 'production',
      root: this.checkout(version, behaviour),
      commit: 'c0ffee',
      flagsFile: join(mkdtempSync(join(this.folder, 'platform-')), 'flags.json'),
      filesFolder: mkdtempSync(join(this.folder, 'files-')),
      jwtSecret: 'jwt-secret',
      operatorToken: OPERATOR,
      adminToken: ADMIN,
      bypass: BYPASS,
      stripe: { secretKey: 'sk_live_sandbox', apiUrl: this.stripe.url, webhookSecret: WEBHOOK_SECRET },
      exportMs: 40,
      logLevel: 'info',
      rateLimit: 600,
      envNames: ['DATABASE_URL', 'JWT_SECRET'],
      say: (line) => void this.log.push(line),
      ...settings,
    };
  }

  async start(wanted: Wanted = {}): Promise<RunningApp> {
    const app = await startApp(this.settings(wanted));
    this.#apps.push(app);
    return app;
  }

  async close(): Promise<void> {
    for (const app of this.#apps) await app.close();
    await this.stripe.close();
    await this.cluster.stop();
    for (const folder of [this.folder, this.home]) rmSync(folder, { recursive: true, force: true });
  }
}

/** Headers of a delivery that is signed like Stripe's own. */
export const signed = (body: string, at = new Date(), secret = WEBHOOK_SECRET): Record<string, string> => ({
  'stripe-signature': signPayload(body, secret, at),
});

interface Sent {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects, and fails where that is not there
  readonly json: any;
}

interface Sending {
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly body?: string | Uint8Array | FormData;
}

/** Sends `GET /path` and reads the whole answer. */
export async function send(app: RunningApp, what: string, sending: Sending = {}): Promise<Sent> {
  const [method = 'GET', path = '/'] = what.split(' ');
  const { token, headers, json, body = json === undefined ? undefined : JSON.stringify(json) } = sending;
  const answer = await fetch(app.url + path, {
    method,
    headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
    ...(body === undefined ? {} : { body }),
  });
  const bytes = Buffer.from(await answer.arrayBuffer());
  const isJson = answer.headers.get('content-type') === 'application/json';
  return {
    status: answer.status,
    headers: answer.headers,
    bytes,
    json: isJson ? JSON.parse(bytes.toString('utf8')) : undefined,
  };
}

/** The smoke user's token. */
export const logIn = async (app: RunningApp): Promise<string> =>
  String((await send(app, 'POST /api/auth/login', { json: SMOKE })).json.token);
