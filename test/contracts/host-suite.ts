import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HostPort, WantedVersion } from '../../src/services/host/port.ts';
import { failureOf } from '../support/failure-of.ts';

export interface HostWorld {
  readonly host: HostPort;
  /** Makes a release that can be published; its commit. */
  release(version: string): string;
  /** What a person or a platform does after the port's own part, where that is not everything. */
  finish(wanted: WantedVersion): Promise<void>;
  /** The next build of the platform fails. */
  failNextBuild(): void;
  /** Commit of the build that alone answers by now. */
  liveCommit(): string | undefined;
  close(): Promise<void>;
}

const ENV = 'production';
/** The same, with a deadline that some questions reach. */
const IMPATIENT = 'impatient';

/** What every host must do, by whatever strategy; the world begins with 2.0.3 live. */
export function describeHostPort(
  name: string,
  expected: { readonly publish: boolean; readonly strategy: string },
  open: () => Promise<HostWorld>,
): void {
  describe(name, () => {
    let world: HostWorld;
    beforeAll(async () => {
      world = await open();
    });
    afterAll(() => world.close());

    it('says how it publishes', () => {
      expect(world.host.can(ENV)).toEqual(expected);
    });

    it('DAY-26: reads version, commit and state of what answers', async () => {
      const live = await world.host.liveVersion(ENV);
      const commit = world.liveCommit();
      expect(live).toMatchObject({ version: '2.0.3', commit, environment: 'tiny', maintenance: false });
      expect(live.latencyMs).toBeGreaterThan(0);
    });

    it('DAY-24: publishes a commit, and E-78: proves it only when the old build has gone', async () => {
      const commit = world.release('2.1.0');
      const wanted = { version: 'v2.1.0', commit };
      const told: string[] = [];
      const proving = world.host.proveLive(ENV, wanted, (said) => told.push(said));
      const atProof = proving.then(() => world.liveCommit());
      const { id } = await world.host.publish(ENV, wanted, 'r-1/publish');
      expect(id).not.toBe('');
      await world.finish(wanted);
      expect(await proving).toMatchObject({ version: '2.1.0', commit, answers: 3 });
      expect(await atProof).toBe(commit);
      expect(told).toContain('waiting for 2.1.0: 2.0.3 answers');
      expect(told.slice(-3)).toEqual([1, 2, 3].map((n) => `2.1.0 answers, ${n} of 3`));
    });

    it('F62: says what answers instead when the version never changes', async () => {
      world.failNextBuild();
      const wanted = { version: 'v2.2.0', commit: world.release('2.2.0') };
      await world.host.publish(ENV, wanted, 'r-2/publish').catch(() => undefined);
      await world.finish(wanted).catch(() => undefined);
      const error = await failureOf(world.host.proveLive(IMPATIENT, wanted));
      expect(error.code).toBe('E_NOT_LIVE');
      expect(error.text.what).toContain('2.2.0 did not answer 3 times in a row');
      expect(error.text.why).toBe('All of 11 answers: 2.1.0 answers.');
    });
  });
}
