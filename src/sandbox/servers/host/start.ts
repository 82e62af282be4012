import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startStandIn } from '../router.ts';
import { apiRoutes } from './api.ts';
import { type BuildOrder, startBuild } from './build.ts';
import { findCommit } from './checkout.ts';
import { type ColdStart, type EdgeGround, startEdge } from './edge.ts';
import type { FaultScript } from './fault-script.ts';
import { beginScript, noFaults } from './faults.ts';
import { Publisher, type PublishRecord } from './publisher.ts';
import { Stage } from './stage.ts';
import { Traffic } from './traffic.ts';
import { watchBranch } from './watch-branch.ts';

export type { PublishRecord } from './publisher.ts';

export interface PlatformOptions {
  /** Path of the bare repository that commits come from. */
  readonly origin: string;
  /** Where builds, flags and files of the application lie. */
  readonly folder: string;
  /** How one build is started. */
  readonly program: BuildOrder['program'];
  /** The whole environment of every build. */
  readonly env: Readonly<Record<string, string>>;
  readonly branch: string;
  /** `push` publishes by itself when the branch moves; `request` waits for an order. */
  readonly mode: 'push' | 'request';
  /** Bearer token of the measurements. */
  readonly appToken: string;
  /** Time from the order to the promotion. Default 4 s. */
  readonly buildMs?: number;
  /** Time in which both builds answer. Default 2 s. */
  readonly promoteMs?: number;
  /** How long one measured minute takes. Default 60 s. */
  readonly minuteMs?: number;
  /** So much of the sandbox's time lies behind it when it begins, in milliseconds. Default 0. */
  readonly pastMs?: number;
  readonly cold?: ColdStart;
  readonly port?: number;
  readonly apiPort?: number;
}

/** What a build is started anew with. */
interface Restart {
  readonly env?: Readonly<Record<string, string>>;
  /** Variables of the platform that are gone. */
  readonly without?: readonly string[];
  /** Go in front of the program's own. */
  readonly args?: readonly string[];
}

/** The platform of the sandbox: it runs the application of a commit for real. */
export interface Platform {
  /** Address of the application. */
  readonly url: string;
  readonly apiUrl: string;
  readonly port: number;
  /** Publishes a commit, branch or tag; resolves when it is live, rejects when it is not going to be. */
  publish(commit: string): Promise<void>;
  /** Oldest first. */
  publishes(): readonly PublishRecord[];
  live(): { readonly commit: string; readonly version: string | undefined } | undefined;
  /** Ends the application; the edge answers 502. */
  stop(): Promise<void>;
  /** Starts the build that was live last. */
  start(): Promise<void>;
  /** Starts the live build anew with other variables or arguments than the platform's own; no change takes them back. */
  restartWith(change: Restart): Promise<void>;
  /** So many requests get the edge's 502 page. */
  answer502(times: number): void;
  failNextBuild(): void;
  /** The health answer shows this version; undefined ends it. */
  pretendVersion(version: string | undefined): void;
  /** Lets go wrong what the script says, instead of what another one said; undefined ends it. */
  play(script: FaultScript | undefined): void;
  /** Ends every build and waits for it. */
  close(): Promise<void>;
}

const MINUTE_MS = 60_000;

/** Time in which `minuteMs` of this machine are one minute; it begins `pastMs` before the clock on the wall. */
function makeSandboxTime(minuteMs: number, pastMs: number): () => number {
  const begin = Date.now() - pastMs;
  const start = performance.now();
  return () => begin + ((performance.now() - start) * MINUTE_MS) / minuteMs;
}

function makeGround({ appToken, minuteMs = MINUTE_MS, pastMs = 0, cold }: PlatformOptions): EdgeGround {
  const now = makeSandboxTime(minuteMs, pastMs);
  return {
    stage: new Stage(),
    traffic: new Traffic(now, now() + pastMs),
    faults: noFaults(),
    appToken,
    cold,
    now,
  };
}

const leaveOut = (env: BuildOrder['env'], names: readonly string[]): BuildOrder['env'] =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));

const changeOrder = (order: BuildOrder, { env = {}, without = [], args = [] }: Restart): BuildOrder => ({
  ...order,
  env: leaveOut({ ...order.env, ...env }, without),
  program: { ...order.program, args: [...args, ...order.program.args] },
});

type FaultDoors = Pick<Platform, 'stop' | 'start' | 'restartWith' | 'answer502' | 'pretendVersion' | 'play'>;

/** What scenarios do to a running platform. */
function makeFaultDoors({ stage, faults, now }: EdgeGround): FaultDoors {
  // What a changed order was before: one change takes the place of another, and none is on top of another.
  const unchanged = new WeakMap<BuildOrder, BuildOrder>();
  return {
    restartWith: async (change) => {
      const { live } = stage;
      if (live === undefined) return;
      await live.stop();
      const own = unchanged.get(live.order) ?? live.order;
      const order = changeOrder(own, change);
      unchanged.set(order, own);
      stage.live = await startBuild(order);
    },
    stop: async () => stage.live?.stop(),
    start: async () => {
      const { live } = stage;
      if (live === undefined || live.isRunning()) return;
      stage.live = await startBuild(live.order);
    },
    answer502: (times) => {
      faults.badGateways = times;
    },
    pretendVersion: (version) => {
      faults.pretended = version;
    },
    play: (script) => {
      faults.playing = script && beginScript(script, now());
    },
  };
}

function makePublisher(options: PlatformOptions, stage: Stage): Publisher {
  const { origin, folder, program, env, buildMs = 4_000, promoteMs = 2_000 } = options;
  return new Publisher({ origin, folder, program, env, buildMs, promoteMs }, stage);
}

/** Starts the platform; nothing is live before the first publish. */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const { origin, folder, branch, mode, port = 0, apiPort = 0 } = options;
  await mkdir(join(folder, 'builds'), { recursive: true });
  const ground = makeGround(options);
  const publisher = makePublisher(options, ground.stage);
  const begin = (commit: string): void => void publisher.begin(commit).live.catch(() => undefined);
  const edge = await startEdge(ground, port);
  const api = await startStandIn(apiRoutes(publisher, origin), { port: apiPort });
  const unwatch = mode === 'push' ? await watchBranch(origin, branch, begin) : async () => undefined;
  return {
    ...makeFaultDoors(ground),
    url: `http://127.0.0.1:${edge.port}`,
    apiUrl: api.url,
    port: edge.port,
    publish: async (name) => {
      const commit = await findCommit(origin, name);
      if (commit === undefined) throw new Error(`the origin has no commit ${name}`);
      await publisher.begin(commit).live;
    },
    publishes: () => publisher.records,
    live: () => {
      const { live } = ground.stage;
      return live?.isRunning() ? { commit: live.order.commit, version: live.order.version } : undefined;
    },
    failNextBuild: () => publisher.failNext(),
    close: async () => {
      await unwatch();
      await api.close();
      await publisher.close();
      await edge.close();
    },
  };
}
