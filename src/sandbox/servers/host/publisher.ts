import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Build, type BuildOrder, startBuild } from './build.ts';
import { readVersionOf, writeTree } from './checkout.ts';
import type { Stage } from './stage.ts';

export type PublishState = 'queued' | 'provision' | 'build' | 'bundle' | 'promote' | 'live' | 'failed';

/** One publish as the platform's history shows it. */
export interface PublishRecord {
  readonly id: string;
  readonly commit: string;
  readonly state: PublishState;
  readonly startedAt: string;
  readonly endedAt?: string;
  /** Why it failed. */
  readonly why?: string;
}

/** Where builds come from and how they are run. */
interface Workshop {
  readonly origin: string;
  readonly folder: string;
  readonly program: BuildOrder['program'];
  readonly env: Readonly<Record<string, string>>;
  readonly buildMs: number;
  readonly promoteMs: number;
}

// Shares of buildMs; the application is started at the end of the last one.
const STAGES: readonly (readonly [PublishState, number])[] = [
  ['provision', 0.2],
  ['build', 0.5],
  ['bundle', 0.3],
];

const LONGEST_DRAIN_MS = 2_000;

/** The build of a commit; `kept` is the tree of an earlier one, which needs no repository any more. */
const orderOf = async (
  shop: Workshop,
  nth: number,
  commit: string,
  kept: string | undefined,
): Promise<BuildOrder> => {
  const root = kept ?? join(shop.folder, 'builds', String(nth));
  const files = join(shop.folder, 'files');
  await mkdir(files, { recursive: true });
  if (kept === undefined) await writeTree(shop.origin, commit, root);
  return {
    commit,
    version: await readVersionOf(root),
    program: shop.program,
    env: {
      ...shop.env,
      APP_ROOT: root,
      APP_COMMIT: commit,
      APP_FLAGS: join(shop.folder, 'flags.json'),
      APP_FILES: files,
    },
    root,
    log: `${root}.log`,
  };
};

/** Publishes one commit after another; a publish that fails leaves the build before it where it is. */
export class Publisher {
  readonly records: PublishRecord[] = [];
  private readonly shop: Workshop;
  private readonly stage: Stage;
  private readonly closing = new AbortController();
  private last: Promise<void> = Promise.resolve();
  private failing = 0;
  /** Commit → where its tree was written: platforms keep what they have built, and go back to it without the code. */
  private readonly kept = new Map<string, string>();

  constructor(shop: Workshop, stage: Stage) {
    this.shop = shop;
    this.stage = stage;
  }

  /** Takes the commit into the queue. `live` rejects when the publish fails. */
  begin(commit: string): { readonly record: PublishRecord; readonly live: Promise<void> } {
    const id = String(this.records.length + 1);
    const record = { id, commit, state: 'queued', startedAt: new Date().toISOString() } as const;
    this.records.push(record);
    const live = this.last.then(() => this.publish(id, commit));
    this.last = live.catch(() => undefined);
    return { record, live };
  }

  find(id: string): PublishRecord | undefined {
    return this.records.find((record) => record.id === id);
  }

  /** True for a commit that was built before. */
  keeps(commit: string): boolean {
    return this.kept.has(commit);
  }

  failNext(): void {
    this.failing += 1;
  }

  /** Ends what is under way and everything that runs. */
  async close(): Promise<void> {
    this.closing.abort(new Error('the platform was closed'));
    await this.last;
    await this.stage.live?.stop();
  }

  private note(id: string, change: Partial<PublishRecord>): void {
    const index = this.records.findIndex((record) => record.id === id);
    const old = this.records[index];
    if (old !== undefined) this.records[index] = { ...old, ...change };
  }

  private async publish(id: string, commit: string): Promise<void> {
    try {
      await this.promote(id, await this.build(id, commit));
      this.note(id, { state: 'live', endedAt: new Date().toISOString() });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.note(id, { state: 'failed', why, endedAt: new Date().toISOString() });
      throw error;
    }
  }

  private async build(id: string, commit: string): Promise<Build> {
    const fails = this.failing > 0;
    if (fails) this.failing -= 1;
    const { signal } = this.closing;
    for (const [state, share] of STAGES) {
      this.note(id, { state });
      await wait(this.shop.buildMs * share, undefined, { signal });
      if (fails && state === 'build') throw new Error('the build command ended with 1');
    }
    const order = await orderOf(this.shop, Number(id), commit, this.kept.get(commit));
    const build = await startBuild(order);
    this.kept.set(commit, order.root);
    return build;
  }

  /** For a while both builds answer; then the old one is let go. */
  private async promote(id: string, next: Build): Promise<void> {
    const { stage } = this;
    this.note(id, { state: 'promote' });
    try {
      stage.arriving = next;
      const isChange = stage.live?.isRunning() === true;
      await wait(isChange ? this.shop.promoteMs : 0, undefined, { signal: this.closing.signal });
      if (!next.isRunning()) throw new Error('the application ended while it was promoted');
    } catch (error) {
      stage.arriving = undefined;
      await next.stop();
      throw error;
    }
    const old = stage.live;
    stage.live = next;
    stage.arriving = undefined;
    if (old !== undefined) await letGo(old);
  }
}

/** Lets the requests that are at a build end before it is stopped. */
async function letGo(build: Build): Promise<void> {
  const latest = performance.now() + LONGEST_DRAIN_MS;
  while (build.inFlight > 0 && performance.now() < latest) await wait(5);
  await build.stop();
}
