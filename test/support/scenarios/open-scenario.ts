import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { startWorld, type World } from '../../../src/sandbox/world/start-world.ts';
import { type Ended, type Running, startBin } from '../run-bin.ts';
import { copyGround } from './copy-ground.ts';

interface Smoke {
  samples: number;
  writeSamples: number;
  everyMs: number;
  p95: 'here' | 'watch';
}

interface ScenarioEnvironment {
  host: { proof: Record<string, number> };
  ledger?: { store: string; url?: string; local?: boolean };
}

/** The parts of the sandbox's configuration that scenarios change. */
export interface ScenarioConfig {
  thresholds: { blockingSeconds: number };
  smoke: Partial<Smoke> & { rollback: Partial<Smoke> };
  environments: Record<'production' | 'staging', ScenarioEnvironment>;
}

type Wanted = NonNullable<Parameters<typeof startBin>[1]>;

/** A world, and the built program pointed at it. */
export interface Scenario {
  readonly world: World;
  /** Holds configuration, secrets, ledger and whatever a run writes. */
  readonly folder: string;
  /** Starts the program; the configuration is the scenario's own unless the words name one. */
  start(words: readonly string[], wanted?: Wanted): Running;
  run(words: readonly string[], wanted?: Wanted): Promise<Ended>;
  /** The same configuration with a change, beside the first; answers its path. */
  configWith(name: string, change: (config: ScenarioConfig) => void): string;
  /** Everything the program has said on both streams, in every run so far. */
  heard(): string;
  close(): Promise<void>;
}

const PACE = 10;

/** The proof and the samples of the runbook take seconds; what they prove has tests of its own, and nothing is said to be proven. */
function hurry({ smoke, environments }: ScenarioConfig): void {
  const few = { samples: 2, writeSamples: 1, p95: 'watch' } as const;
  Object.assign(smoke, few, { everyMs: 20, rollback: few });
  for (const { host } of Object.values(environments))
    Object.assign(host.proof, { times: 2, everySeconds: 0.2 });
}

function rewrite(from: string, to: string, change: (config: ScenarioConfig) => void): string {
  const config = parse(readFileSync(from, 'utf8')) as ScenarioConfig;
  change(config);
  writeFileSync(to, stringify(config));
  return to;
}

/**
 * Starts a world with v2.0.3 live in a folder of its own; `close` ends and removes everything. Where a scenario is not about
 * the ledger, the one in files saves it a dozen processes of git for every command.
 */
export async function openScenario(store: 'git' | 'file' = 'git'): Promise<Scenario> {
  const folder = mkdtempSync(join(tmpdir(), 'release-scenario-'));
  const world = await startWorld({ folder, pace: PACE, ground: await copyGround() }).catch(
    (error: unknown) => {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    },
  );
  rewrite(world.config, world.config, (config) => {
    hurry(config);
    for (const one of Object.values(config.environments)) one.ledger = { store, local: true };
  });
  let heard = '';
  const start = (words: readonly string[], wanted: Wanted = {}): Running => {
    const named = words.includes('--config') ? words : [...words, '--config', world.config];
    const running = startBin(named, { cwd: folder, ...wanted });
    void running.ended.then(({ stdout, stderr }) => {
      heard += `${stdout}${stderr}`;
    });
    return running;
  };
  return {
    world,
    folder,
    start,
    run: (words, wanted) => start(words, wanted).ended,
    configWith: (name, change) => rewrite(world.config, join(folder, name), change),
    heard: () => heard,
    close: async () => {
      await world.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
