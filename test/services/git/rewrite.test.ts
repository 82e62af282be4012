import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GitPort, RefMove } from '../../../src/services/git/port.ts';
import { makeGit } from '../../../src/services/git/real.ts';
import { makeShell } from '../../../src/services/shell/real.ts';
import { failureOf } from '../../support/failure-of.ts';
import { makeTempOrigin, type TempOrigin } from '../../support/temp-origin.ts';

const REF = 'refs/heads/env/staging';
let place: TempOrigin;
let git: GitPort;
/** Where staging's branch stands, and a candidate that does not hold it. */
let tried: string;
let candidate: string;

beforeEach(async () => {
  place = makeTempOrigin();
  const main = place.git('rev-parse', 'main');
  tried = place.commit('tried.txt', 'tried');
  place.git('push', '--quiet', 'origin', `${tried}:${REF}`);
  place.git('checkout', '--quiet', '-b', 'candidate', main);
  candidate = place.commit('candidate.txt', 'new');
  place.git('push', '--quiet', 'origin', 'candidate');
  git = makeGit({
    shell: makeShell(),
    remote: 'origin',
    cacheFolder: join(place.folder, 'cache'),
    checkoutFolder: place.work,
    identity: { name: 'release', email: 'release@example.com' },
  });
  await git.sync();
});
afterEach(() => place.remove());

const tip = (): string => place.git('ls-remote', 'origin', REF).split('\t')[0] ?? '';
const move = (over: Partial<RefMove> = {}): RefMove => ({ ref: REF, from: tried, to: candidate, ...over });

describe('a branch that does not go forward', () => {
  it('E-32: is not moved by a push that does not say that it rewrites', async () => {
    expect((await failureOf(git.push([move()]))).code).toBe('E_NOT_FORWARD');
    expect(tip()).toBe(tried);
  });

  it('PRE-15: is moved by one that says so, from exactly where it was planned', async () => {
    await git.push([move({ rewrites: true })]);
    expect(tip()).toBe(candidate);
  });

  it('T42: is left alone when somebody has pushed to it since', async () => {
    place.git('checkout', '--quiet', tried);
    const theirs = place.commit('theirs.txt', 'theirs');
    place.git('push', '--quiet', 'origin', `${theirs}:${REF}`);
    const failure = await failureOf(git.push([move({ rewrites: true })]));
    expect(failure).toMatchObject({ code: 'E_PUSH_REFUSED', text: { state: 'untouched' } });
    expect(tip()).toBe(theirs);
  });
});
