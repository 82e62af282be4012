import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { World } from '../../src/sandbox/world/start-world.ts';
import { type Running, startBin } from '../support/run-bin.ts';
import { openTap, type Tap } from './open-tap.ts';

/** A place from which people release: a clone, a home and a name of its own. Two of them share the origin alone. */
export interface Machine {
  readonly name: string;
  start(words: readonly string[]): Running;
}

interface Config {
  services: Record<'neon' | 'stripe' | 'slack', { apiUrl: string }>;
  smoke: Record<string, unknown>;
  budgets: Record<string, { p95Ms: number; maxMs?: number }>;
  environments: { production: { host: { proof: Record<string, number> } } };
}

type Taps = Readonly<Record<'neon' | 'stripe' | 'slack' | 'platform', Tap>>;

const SLOW = 10;

const NAMES = ['first-laptop', 'second-laptop'] as const;

/** Every way to a service goes over a tap; proof and samples of the runbook, which take seconds, are shortened. */
function rewire(folder: string, world: World, taps: Taps): void {
  const file = join(folder, 'runbook.config.yaml');
  const config = parse(readFileSync(file, 'utf8')) as Config;
  const { neon, stripe, slack } = config.services;
  neon.apiUrl = taps.neon.url;
  stripe.apiUrl = taps.stripe.url;
  slack.apiUrl = `${taps.slack.url}/`;
  const few = { samples: 2, writeSamples: 1, p95: 'watch' };
  Object.assign(config.smoke, few, { everyMs: 20, rollback: few });
  // Two worlds and their programs on one machine: how fast it answers is not what is asked here.
  for (const budget of Object.values(config.budgets)) {
    budget.p95Ms *= SLOW;
    if (budget.maxMs !== undefined) budget.maxMs *= SLOW;
  }
  Object.assign(config.environments.production.host.proof, { times: 2, everySeconds: 0.2 });
  writeFileSync(file, stringify(config));
  const script = join(folder, 'publish.mjs');
  const order = readFileSync(script, 'utf8');
  writeFileSync(script, order.replaceAll(world.platform.apiUrl, taps.platform.url));
}

function makeMachine(name: string, folder: string, { given, origin, bin }: Ground): Machine {
  const [clone, home, tmp] = ['clone', 'home', 'tmp'].map((part) => join(folder, name, part)) as [
    string,
    string,
    string,
  ];
  for (const one of [home, tmp]) mkdirSync(one, { recursive: true });
  const env = { PATH: process.env.PATH ?? '', GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };
  const args = ['-c', 'safe.directory=*', 'clone', '--quiet', '--end-of-options', origin, clone];
  execFileSync('git', args, { env, stdio: 'ignore' });
  cpSync(given, clone, { recursive: true });
  const own = {
    HOME: home,
    TMPDIR: tmp,
    XDG_CACHE_HOME: join(home, '.cache'),
    RELEASE_SANDBOX_HOST: name,
    GITHUB_ACTOR: `${name}-owner`,
  };
  return { name, start: (words) => startBin(words, { cwd: clone, env: own, bin }) };
}

interface Ground {
  /** Configuration, secrets and reports, as the world wrote them. */
  readonly given: string;
  readonly origin: string;
  readonly bin: string;
}

/** Two machines, and the taps on everything they both speak to. */
export interface Machines {
  readonly both: readonly [Machine, Machine];
  readonly taps: readonly Tap[];
  close(): Promise<void>;
}

/** Prepares both in `folder`, from the folder that the world wrote its configuration to. */
export async function openMachines(
  world: World,
  given: string,
  folder: string,
  bin: string,
): Promise<Machines> {
  const taps = {
    neon: await openTap(world.neon.apiUrl),
    stripe: await openTap(world.stripe.url),
    slack: await openTap(`${world.slack.url}/api`),
    platform: await openTap(world.platform.apiUrl),
  };
  rewire(given, world, taps);
  const ground = { given, origin: world.origin.folder, bin };
  const [one, other] = NAMES.map((name) => makeMachine(name, folder, ground)) as [Machine, Machine];
  return {
    both: [one, other],
    taps: Object.values(taps),
    close: async () => {
      await Promise.all(Object.values(taps).map((tap) => tap.close()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
