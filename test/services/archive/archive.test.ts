import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeArchive } from '../../../src/services/archive/real.ts';
import { failureOf } from '../../support/failure-of.ts';
import { makeRunbook } from '../../support/policy.ts';

const ENV = 'production';
let root: string;
const open = () => makeArchive({ runbook: makeRunbook(), root });

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'release-archive-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('files beside the ledger', () => {
  it('MIG-08: lie in the folder of the environment, for its owner alone, and leave no draft behind', async () => {
    const archive = open();
    await archive.write(ENV, 'releases/v2.1.0/schema.txt', 'one');
    await archive.write(ENV, 'releases/v2.1.0/schema.txt', 'two');
    const place = archive.placeOf(ENV, 'releases/v2.1.0/schema.txt');
    expect(place).toBe(`.release/state/${makeRunbook().service}/production/releases/v2.1.0/schema.txt`);
    expect(await archive.read(ENV, 'releases/v2.1.0/schema.txt')).toBe('two');
    expect(statSync(join(root, place)).mode & 0o077).toBe(0);
    expect(readdirSync(join(root, place, '..'))).toEqual(['schema.txt']);
  });

  it('are missing on another machine, which is no error', async () => {
    expect(await open().read(ENV, 'schemas/abc.json')).toBeUndefined();
  });

  it.each(['../outside', 'a/../../b', '/etc/passwd', 'a//b', '.hidden', 'a\nb'])(
    'T20: are never anywhere else: %j',
    async (name) => {
      await expect(open().write(ENV, name, 'x')).rejects.toBeInstanceOf(TypeError);
      expect(existsSync(join(root, '.release'))).toBe(false);
    },
  );

  it('say what the disk has against them', async () => {
    writeFileSync(join(root, '.release'), 'a file where a folder has to be');
    chmodSync(root, 0o700);
    expect(await failureOf(open().write(ENV, 'schemas/abc.json', 'x'))).toMatchObject({
      code: 'E_ARCHIVE',
      text: {
        what: expect.stringMatching(/schemas\/abc\.json could not be written: E\w+\.$/),
        state: 'untouched',
      },
    });
  });
});
