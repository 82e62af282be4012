import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readEvidenceKey } from '../../src/ledger/evidence-key.ts';
import { listScopes } from '../../src/ledger/file/list-scopes.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-key-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the key of a ledger', () => {
  it('is made once, for its owner alone, in a folder that need not be there, and is no scope', () => {
    const inside = join(folder, 'deep', 'ledger');
    const key = readEvidenceKey(inside);
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(readEvidenceKey(inside)).toBe(key);
    expect(readdirSync(inside)).toEqual(['evidence.key']);
    expect(statSync(join(inside, 'evidence.key')).mode & 0o077).toBe(0);
    expect(listScopes(inside)).toEqual([]);
  });

  it('is another one in another ledger', () => {
    expect(readEvidenceKey(join(folder, 'a'))).not.toBe(readEvidenceKey(join(folder, 'b')));
  });

  it.each(['', 'a'.repeat(63), 'not a key'])('is made anew where what stands there is none: "%s"', (text) => {
    writeFileSync(join(folder, 'evidence.key'), text);
    const key = readEvidenceKey(folder);
    expect(readFileSync(join(folder, 'evidence.key'), 'utf8')).toBe(key);
  });

  it('is met by nobody again where it can neither be read nor written', () => {
    mkdirSync(join(folder, 'evidence.key'));
    chmodSync(folder, 0o500);
    const [first, second] = [readEvidenceKey(folder), readEvidenceKey(folder)];
    chmodSync(folder, 0o700);
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(first).not.toBe(second);
    expect(readdirSync(folder)).toEqual(['evidence.key']);
  });
});
