import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isUp, readWorldFile, removeWorld, writeWorldFile } from '../../../src/sandbox/world/world-file.ts';

const world = {
  pid: process.pid,
  control: 'http://127.0.0.1:41000',
  token: 'a token',
  config: '/tmp/runbook.config.yaml',
  app: 'http://127.0.0.1:41001',
  staging: 'http://127.0.0.1:41002',
  speed: 60,
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-world-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the file by which a world is found', () => {
  it('is read as it was written, by its owner alone', () => {
    writeWorldFile(folder, world);
    expect(readWorldFile(folder)).toEqual(world);
    expect(statSync(join(folder, 'world.json')).mode & 0o077).toBe(0);
  });

  it('is none where nothing, or nothing whole, was written', () => {
    expect(readWorldFile(folder)).toBeUndefined();
    expect(readWorldFile(join(folder, 'nowhere'))).toBeUndefined();
    writeFileSync(join(folder, 'world.json'), '{ "pid": 1');
    expect(readWorldFile(folder)).toBeUndefined();
  });

  it('tells a world that runs from one that is gone', () => {
    expect(isUp(world)).toBe(true);
    expect(isUp({ ...world, pid: 2 ** 31 - 2 })).toBe(false);
  });

  it('lets a folder be removed only where a world was', () => {
    const other = join(folder, 'work');
    mkdirSync(other);
    writeFileSync(join(other, 'thesis.txt'), 'years');
    removeWorld(other);
    expect(existsSync(join(other, 'thesis.txt'))).toBe(true);
    writeWorldFile(folder, world);
    removeWorld(folder);
    expect(existsSync(folder)).toBe(false);
  });
});
