import { appendFileSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeLogs } from '../../../src/services/logs/real.ts';

describe('a log that grows', () => {
  it('MON-06, EXT-02: gives what came since it was last asked, whole lines only', async () => {
    const root = mkdtempSync(join(tmpdir(), 'logs-'));
    const path = join(root, 'app.log');
    writeFileSync(path, 'old\n');
    const logs = makeLogs(root);
    expect(await logs.readNew('app.log')).toEqual([]);
    appendFileSync(path, 'one\ntw');
    expect(await logs.readNew('app.log')).toEqual(['one']);
    appendFileSync(path, 'o\n');
    expect(await logs.readNew('app.log')).toEqual(['two']);
  });

  it('reads one that was begun anew from its beginning', async () => {
    const root = mkdtempSync(join(tmpdir(), 'logs-'));
    const path = join(root, 'app.log');
    writeFileSync(path, 'a long first line\n');
    const logs = makeLogs(root);
    await logs.readNew('app.log');
    writeFileSync(join(root, 'next'), 'new\n');
    renameSync(join(root, 'next'), path);
    expect(await logs.readNew('app.log')).toEqual(['new']);
  });

  it('says which log cannot be read', async () => {
    await expect(makeLogs(tmpdir()).readNew('none.log')).rejects.toMatchObject({ code: 'E_LOG' });
  });
});
