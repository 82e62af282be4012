import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { NewEvent } from '../../../src/ledger/event.ts';
import { makeEvent } from '../../../src/ledger/make-event.ts';
import type { Scenario } from './open-scenario.ts';
import { readLedger } from './read-world.ts';

const SCOPE = 'rur2/production';
const REF = `refs/release/${SCOPE}`;
const NOBODY = { host: 'elsewhere', actor: 'mallory', tool: '1.0.0', redact: (text: string) => text };

/** Somebody who may push to the ledger's ref, and keeps its chain sound: entries follow the last one, in one commit. */
export function openStranger(scenario: Scenario) {
  const clone = join(scenario.folder, 'stranger');
  const who = ['-c', 'user.name=Mallory', '-c', 'user.email=m@example.com', '-c', 'safe.directory=*'];
  const env = { PATH: process.env.PATH ?? '', GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };
  const git = (words: readonly string[], input = ''): string =>
    execFileSync('git', [...who, ...words], { encoding: 'utf8', env, input, stdio: 'pipe' }).trim();
  git(['init', '--quiet', '--bare', '--end-of-options', clone]);
  const { origin } = scenario.world;
  return {
    /** Pushes these entries of the newest run. */
    push(...wanted: readonly Pick<NewEvent, 'type' | 'data' | 'step'>[]): void {
      const events = readLedger(scenario);
      const [last, planned] = [events.at(-1), events.findLast(({ type }) => type === 'run.planned')];
      if (last === undefined || planned === undefined) throw new Error('there is no run to write into');
      let head = { seq: last.seq, hash: last.h };
      const lines = wanted.map((one) => {
        const event = { id: `${planned.run}:m:${head.seq}`, run: planned.run, ...one } as NewEvent;
        const place = { scope: SCOPE, epoch: last.epoch, at: new Date().toISOString(), head };
        const made = makeEvent(event, place, NOBODY);
        head = { seq: made.seq, hash: made.h };
        return JSON.stringify(made);
      });
      git(['-C', clone, 'fetch', '--quiet', origin.folder, `+${REF}:${REF}`]);
      const tree = git(['-C', clone, 'mktree']);
      const message = `${lines.join('\n')}\n`;
      const commit = git(['-C', clone, 'commit-tree', tree, '-p', REF], message);
      git(['-C', clone, 'push', '--quiet', origin.folder, `${commit}:${REF}`]);
    },
    /** The same, for steps that are said to be done. */
    claim(...steps: readonly string[]): void {
      const data = { how: 'effect', done: {}, tookMs: 1 } as const;
      this.push(...steps.map((step) => ({ step, type: 'step.done', data }) as const));
    },
  };
}
