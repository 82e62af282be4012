import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GitObject, makeAnswerReader } from '../../../src/services/git/object-answers.ts';
import { makeObjectReader } from '../../../src/services/git/object-reader.ts';
import type { StartTalk } from '../../../src/services/git/talk.ts';
import type { ShellTalk } from '../../../src/services/shell/port.ts';
import { makeShell } from '../../../src/services/shell/real.ts';
import { failureOf } from '../../support/failure-of.ts';
import { makeTempOrigin, type TempOrigin } from '../../support/temp-origin.ts';

const ID = 'a'.repeat(40);

describe('the answers of git cat-file', () => {
  const stream = Buffer.from(
    `${ID} blob 5\nx\ny\n1\nnothing missing\n${ID} tree 3\n${ID} blob 9\ntoo large\n${ID} tag 0\n\n`,
  );
  const asked = [
    { wantsBody: true, mostBytes: 8 },
    { wantsBody: true, mostBytes: 8 },
    { wantsBody: false, mostBytes: 0 },
    { wantsBody: true, mostBytes: 8 },
    { wantsBody: true, mostBytes: 8 },
  ];

  it('are the same however they are cut into pieces', () => {
    for (let size = 1; size <= stream.length; size += 1) {
      const answers: (GitObject | undefined)[] = [];
      const left = [...asked];
      const read = makeAnswerReader(
        () => left[0],
        (object) => {
          left.shift();
          answers.push(object);
        },
      );
      for (let at = 0; at < stream.length; at += size) read(stream.subarray(at, at + size));
      expect(answers).toEqual([
        { id: ID, kind: 'blob', bytes: 5, body: Buffer.from('x\ny\n1') },
        undefined,
        { id: ID, kind: 'tree', bytes: 3 },
        { id: ID, kind: 'blob', bytes: 9 },
        { id: ID, kind: 'tag', bytes: 0, body: Buffer.alloc(0) },
      ]);
    }
  });
});

describe('reading the objects of a repository', () => {
  let place: TempOrigin;
  let talks: ShellTalk[];
  let start: StartTalk;
  beforeEach(() => {
    place = makeTempOrigin();
    talks = [];
    start = (hear) => {
      const args = ['-C', place.work, 'cat-file', '--batch-command'];
      const talk = makeShell().talk('git', args, hear);
      talks.push(talk);
      return talk;
    };
  });
  afterEach(() => place.remove());

  it('answers many at once, each with its own', async () => {
    const commit = place.commit('one.txt', 'first');
    const objects = makeObjectReader(start);
    const names = ['one.txt', 'none.txt'].map((path) => `${commit}:${path}`);
    const [one, none, head, kind] = await Promise.all([
      ...names.map((name) => objects.read(name)),
      objects.find('HEAD'),
      objects.find(`${commit}^{tree}`),
    ]);
    expect([one?.body?.toString(), none, head?.id, kind?.kind]).toEqual(['first', undefined, commit, 'tree']);
    expect(talks).toHaveLength(1);
  });

  it('sees what was committed since it began', async () => {
    const objects = makeObjectReader(start);
    const before = await objects.find('HEAD');
    const commit = place.commit('later.txt', 'later');
    expect((await objects.find('HEAD'))?.id).toBe(commit);
    expect(before?.id).not.toBe(commit);
    expect(talks).toHaveLength(1);
  });

  it('asks nothing for a name of two lines', async () => {
    const objects = makeObjectReader(start);
    expect(await objects.find('HEAD\ninfo HEAD')).toBeUndefined();
    expect(talks).toHaveLength(0);
  });

  it('F20: asks once more of another process when the first one was killed in the middle', async () => {
    const commit = place.commit('one.txt', 'first');
    const objects = makeObjectReader((hear) => {
      const talk = start(hear);
      if (talks.length === 1) talk.kill();
      return talk;
    });
    const texts = await Promise.all([1, 2, 3].map(() => objects.read(`${commit}:one.txt`)));
    expect(texts.map((one) => one?.body?.toString())).toEqual(['first', 'first', 'first']);
    expect(talks).toHaveLength(2);
  });

  it('fails when that one ends as well, and is as good as new afterwards', async () => {
    let isBroken = true;
    const objects = makeObjectReader((hear) => {
      const talk = start(hear);
      if (isBroken) talk.kill();
      return talk;
    });
    expect((await failureOf(objects.find('HEAD'))).code).toBe('E_GIT');
    isBroken = false;
    expect((await objects.find('HEAD'))?.kind).toBe('commit');
    expect(talks).toHaveLength(3);
  });

  it('fails where there is no git, instead of waiting for it', async () => {
    const objects = makeObjectReader((hear) => makeShell().talk('no-such-git', [], hear));
    expect((await failureOf(objects.find('HEAD'))).code).toBe('E_GIT');
  });
});
