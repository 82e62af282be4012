import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MoveRefs, makeRefMover } from '../../../src/services/git/move-refs.ts';
import { makeRunGit } from '../../../src/services/git/run-git.ts';
import type { ShellPort, ShellTalk } from '../../../src/services/shell/port.ts';
import { makeShell } from '../../../src/services/shell/real.ts';
import { makeTempOrigin, type TempOrigin } from '../../support/temp-origin.ts';

let place: TempOrigin;
let main: string;
let talks: ShellTalk[];
let programs: number;
let move: MoveRefs;

beforeEach(() => {
  place = makeTempOrigin();
  main = place.git('rev-parse', 'main');
  talks = [];
  programs = 0;
  const shell = makeShell();
  const counted: ShellPort = {
    ...shell,
    program: (...call) => {
      programs += 1;
      return shell.program(...call);
    },
  };
  const cacheFolder = join(place.work, '.git');
  const remote = { url: place.origin, settings: [], secrets: [] };
  const run = makeRunGit({ shell: counted, cacheFolder, remote, access: [] });
  move = makeRefMover((hear) => {
    const talk = shell.talk('git', ['-C', cacheFolder, 'update-ref', '--stdin'], hear);
    talks.push(talk);
    return talk;
  }, run);
});
afterEach(() => place.remove());

const at = (ref: string): string => place.script('git rev-parse --verify --quiet "$1" || true', ref);

describe('refs of the cache', () => {
  it('are moved by one program that stays, in as many turns as there are', async () => {
    expect(await move([`create refs/own/a ${main}`])).toBe(true);
    expect(await move([`update refs/own/a ${main} ${main}`, `create refs/own/b ${main}`])).toBe(true);
    expect(await move(['delete refs/own/a', 'verify refs/own/c'])).toBe(true);
    expect([at('refs/own/a'), at('refs/own/b')]).toEqual(['', main]);
    expect({ talks: talks.length, programs }).toEqual({ talks: 1, programs: 0 });
  });

  it('stay where they are when one of them is refused, and the next are moved all the same', async () => {
    await move([`create refs/own/a ${main}`]);
    const [refused, moved] = await Promise.all([
      move([`create refs/own/b ${main}`, `create refs/own/a ${main}`]),
      move([`create refs/own/c ${main}`]),
    ]);
    expect({ refused, moved }).toEqual({ refused: false, moved: true });
    expect([at('refs/own/b'), at('refs/own/c')]).toEqual(['', main]);
  });

  it('that are there are not verified as missing', async () => {
    expect(await move(['verify refs/heads/main'])).toBe(false);
  });

  it('F20: are moved by another program when Ctrl-C ended the first', async () => {
    await move([`create refs/own/a ${main}`]);
    talks[0]?.kill();
    expect(await move([`create refs/own/b ${main}`])).toBe(true);
    expect(at('refs/own/b')).toBe(main);
  });
});
