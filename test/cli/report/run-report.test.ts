import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkOutFiles } from '../../../src/cli/out-files.ts';
import { findOpener } from '../../../src/cli/report/open-page.ts';
import { runReport } from '../../../src/cli/report/run-report.ts';
import type { LedgerEvent } from '../../../src/ledger/event.ts';
import { failureOf } from '../../support/failure-of.ts';
import { incidentEvents } from '../../support/incident.ts';
import { makeTestContext } from '../../support/test-context.ts';
import { makeTestWired } from '../../support/test-wired.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'release-report-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

interface Wanted {
  readonly args?: readonly string[];
  readonly out?: readonly string[];
  readonly events?: readonly LedgerEvent[];
  readonly unreached?: string;
  readonly options?: Record<string, string | boolean>;
}

async function run({ args = [], out = [], events = incidentEvents(), unreached, options = {} }: Wanted = {}) {
  const { context } = makeTestContext({ command: 'report' });
  const { wired } = makeTestWired({ events, ...(unreached === undefined ? {} : { unreached }) });
  const here = { ...context, cwd: root, flags: { ...context.flags, out } };
  const writing = {
    ...here,
    out: { ...context.out, file: (path: string, text: string) => writeFileSync(path, text) },
  };
  return runReport(args, options, writing, { ...wired, root });
}

describe('release report', () => {
  it('writes the page of the newest run to every .html that is named', async () => {
    const told = await run({ out: ['incident.html', 'result.json'] });
    expect(told).toMatchObject({
      exitCode: 0,
      run: 'r',
      version: 'v2.0.3',
      result: { runs: ['d', 'r'], says: 'rolled back' },
    });
    expect(told.text).toContain('✔ incident.html');
    expect(readFileSync(join(root, 'incident.html'), 'utf8')).toContain('<dt>Who decided</dt>');
    expect(readdirSync(root)).toEqual(['incident.html']);
  });

  it('says when an earlier report is written anew, and never writes over anything else', async () => {
    await run({ out: ['incident.html'] });
    expect((await run({ out: ['incident.html'] })).warnings).toEqual([
      'incident.html was there and is written anew.',
    ]);
    writeFileSync(join(root, 'mine.html'), '<p>ours</p>');
    expect((await failureOf(run({ out: ['mine.html'] }))).code).toBe('E_FILE_EXISTS');
    expect(readFileSync(join(root, 'mine.html'), 'utf8')).toBe('<p>ours</p>');
  });

  it('refuses a run and a version that the ledger does not have', async () => {
    expect((await failureOf(run({ args: ['v9.9.9'] }))).code).toBe('E_RUN_UNKNOWN');
    expect((await failureOf(run({ events: [] }))).code).toBe('E_RUN_UNKNOWN');
  });

  it('says that what it tells is as this machine last saw it', async () => {
    const told = await run({ out: ['a.html'], unreached: 'origin does not answer.' });
    expect(told.warnings).toEqual(['origin does not answer. The report is as this machine last saw it.']);
  });

  it('takes measurements from a named file, and refuses one without any', async () => {
    const line = { at: '2025-10-01T14:12:00Z', metric: 'p95-ms', series: 'GET /a', value: 187 };
    writeFileSync(join(root, 'ticks.jsonl'), `${JSON.stringify(line)}\n`);
    await run({ out: ['a.html'], options: { ticks: 'ticks.jsonl' } });
    expect(readFileSync(join(root, 'a.html'), 'utf8')).toContain('Highest 187 ms');
    writeFileSync(join(root, 'none.jsonl'), '{"at":"2025-10-01T14:12:00Z","mark":"tick"}\n');
    expect((await failureOf(run({ options: { ticks: 'none.jsonl' }, out: ['b.html'] }))).code).toBe(
      'E_TICKS',
    );
  });

  it('is opened at a terminal alone, by an argument list, and where there is a screen', async () => {
    expect((await run({ out: ['a.html'], options: { open: true } })).warnings).toEqual([
      'It was not opened: this is not a terminal.',
    ]);
    const evil = '/tmp/a & b;$(c).html';
    expect(findOpener('linux', evil, { DISPLAY: ':0' })).toEqual(['xdg-open', [evil]]);
    expect(findOpener('linux', evil, {})).toBeUndefined();
    expect(findOpener('darwin', evil, {})).toEqual(['open', [evil]]);
    expect(findOpener('win32', evil, {})?.[1]).toContain(evil);
  });

  it('lets no other command write a page', () => {
    expect(() => checkOutFiles(['a.html'], { name: 'report', writesPage: true })).not.toThrow();
    expect(() => checkOutFiles(['a.html'], { name: 'history' })).toThrow('cannot write a.html');
  });
});
