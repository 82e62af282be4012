import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { makePrepareWorld, type PrepareWorld } from './prepare-world.ts';

let world: PrepareWorld;
let log: string;

// The first git on the path notes what it was asked for and is the real one then.
beforeEach(() => {
  world = makePrepareWorld();
  const folder = join(world.folder, 'counted');
  const real = execFileSync('/bin/sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  log = join(folder, 'log');
  mkdirSync(folder);
  writeFileSync(log, '');
  writeFileSync(join(folder, 'git'), `#!/bin/sh\necho "$*" >>'${log}'\nexec '${real}' "$@"\n`, {
    mode: 0o755,
  });
  vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
});
afterEach(() => {
  vi.unstubAllEnvs();
  world.remove();
});

/** The words that git was started with, how often each. */
function countPrograms(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const line of readFileSync(log, 'utf8').trim().split('\n')) {
    const [word = ''] = line.replace(/-[Cc] \S+ /g, '').split(' ');
    counts[word] = (counts[word] ?? 0) + 1;
  }
  return counts;
}

// A program of git costs 3 to 8 ms of the user's time, and the suite prepares hundreds of times. What each is for: the
// remote's name; one reader and one mover that stay; code once for the plan and once for its push; the record of
// preparations and that of production for the plan, the former before its lock and at the end; names, history, the trial
// merge and the search for the old version; lock, branch with candidate, and two ends.
it('starts no more programs of git than it has questions and pushes, with its record in git', async () => {
  await world.prepare('v2.1.0', {}, { plan: true });
  writeFileSync(log, '');
  expect(await world.prepare('v2.1.0')).toMatchObject({ exitCode: 0 });
  const counts = countPrograms();
  const { fetch = 0, push = 0, ...once } = counts;
  expect(fetch, JSON.stringify(counts)).toBeLessThanOrEqual(7);
  expect(push).toBeLessThanOrEqual(4);
  expect(Object.entries(once).filter(([, times]) => times > 1)).toEqual([]);
  expect(Object.keys(once).length).toBeLessThanOrEqual(6);
});
