import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeReports } from '../../../src/services/reports/real.ts';
import { failureOf } from '../../support/failure-of.ts';

let folder: string;
let root: string;
const put = (name: string, content: string | Buffer): string => {
  const file = join(root, name);
  writeFileSync(file, content);
  return file;
};
const codeOf = async (path: string): Promise<string> => (await failureOf(makeReports(root).read(path))).code;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-reports-'));
  root = join(folder, 'project');
  mkdirSync(join(root, 'reports', 'junit'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('reports beside the configuration', () => {
  it('are read with the time of their last change', async () => {
    utimesSync(put('reports/e2e.json', '{}'), 0, 1_700_000_000);
    expect(await makeReports(root).read('reports/e2e.json')).toEqual([
      { path: 'reports/e2e.json', at: '2023-11-14T22:13:20.000Z', text: '{}' },
    ]);
  });

  it('are found by a star in the order of their names', async () => {
    for (const name of ['b.xml', 'a.xml', 'a.json']) put(join('reports', 'junit', name), name);
    const files = await makeReports(root).read('reports/junit/*.xml');
    expect(files.map(({ text }) => text)).toEqual(['a.xml', 'b.xml']);
    expect(await codeOf('reports/junit/*.txt')).toBe('E_REPORT_MISSING');
    expect(await codeOf('nowhere/*.txt')).toBe('E_REPORT_MISSING');
  });

  it('are text whoever redirected them', async () => {
    put('a.json', Buffer.from('\ufeff{"a":1}', 'utf16le'));
    put('b.json', '\ufeff{"b":1}');
    const [[a], [b]] = [await makeReports(root).read('a.json'), await makeReports(root).read('b.json')];
    expect([a?.text, b?.text]).toEqual(['{"a":1}', '{"b":1}']);
  });

  it('T20: are never read outside of the folder, by dots or by a link', async () => {
    writeFileSync(join(folder, 'secret.json'), 'secret');
    symlinkSync(join(folder, 'secret.json'), join(root, 'link.json'));
    symlinkSync(folder, join(root, 'up'));
    for (const path of [
      'link.json',
      '../secret.json',
      'up/secret.json',
      'up/*.json',
      'reports/../../secret.json',
    ])
      expect(await codeOf(path), path).toBe('E_REPORT_UNREADABLE');
  });

  it('T20: may be links inside of the folder', async () => {
    put('reports/real.json', 'inside');
    symlinkSync(join(root, 'reports', 'real.json'), join(root, 'latest.json'));
    expect((await makeReports(root).read('latest.json'))[0]?.text).toBe('inside');
  });

  it('a folder, a pipe, a file of a gigabyte and none are refused at once', async () => {
    execFileSync('mkfifo', [join(root, 'pipe.json')]);
    truncateSync(put('huge.json', ''), 1_000_000_000);
    expect(await codeOf('reports')).toBe('E_REPORT_UNREADABLE');
    expect(await codeOf('pipe.json')).toBe('E_REPORT_UNREADABLE');
    expect(await codeOf('huge.json')).toBe('E_REPORT_UNREADABLE');
    expect(await codeOf('nothing.json')).toBe('E_REPORT_MISSING');
    expect(await codeOf('reports/e2e.json/more')).toBe('E_REPORT_MISSING');
  });
});
