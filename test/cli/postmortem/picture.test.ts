import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runPostmortem } from '../../../src/cli/postmortem/run-postmortem.ts';
import { findLedgerFolder } from '../../../src/cli/wiring/find-ledger-folder.ts';
import { failureOf } from '../../support/failure-of.ts';
import { incidentEvents } from '../../support/incident.ts';
import { makeTestContext } from '../../support/test-context.ts';
import { makeTestWired } from '../../support/test-wired.ts';

const FILE = 'docs/postmortems/2025-10-01-v2.1.0-incident.md';
const SVG = 'docs/postmortems/2025-10-01-v2.1.0-incident-metrics.svg';
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'release-picture-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function run(options: Record<string, string | boolean> = {}) {
  const { context } = makeTestContext({ command: 'postmortem' });
  const { wired } = makeTestWired({ events: incidentEvents() });
  const writing = { ...context, cwd: root, out: { ...context.out, file: put } };
  return runPostmortem([], options, writing, { ...wired, root });
}
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const line = (minute: number, value = 200): string =>
  JSON.stringify({ at: new Date(Date.UTC(2025, 9, 1, 14, minute)), metric: 'p95-ms', source: 'web', value });

/** As a watch of a run leaves it, last written by the clock of this machine at this minute. */
function watched(name: string, lines: readonly string[], minute: number): string {
  const { wired } = makeTestWired({});
  const file = join(findLedgerFolder({ ...wired, root }), 'watch', wired.env, name);
  put(file, `${lines.join('\n')}\n`);
  const at = Date.UTC(2025, 9, 1, 14, minute) / 1000;
  utimesSync(file, at, at);
  return file;
}

describe('release postmortem with measurements', () => {
  it('PIR-03: draws what the watches of both runs measured on this machine, beside the document', async () => {
    watched('d.jsonl', [line(11), line(12, 900), '{"at":"2025-10-0'], 13);
    watched('r.jsonl', [line(36), line(35)], 37);
    watched('other.jsonl', [line(20, 5000)], 37);
    const told = await run();
    expect(told.text).toContain(`✔ ${SVG}   errors and P95`);
    expect(told.result).toMatchObject({ picture: join(root, SVG) });
    expect(read(FILE)).toContain('(<2025-10-01-v2.1.0-incident-metrics.svg>)');
    expect(read(FILE)).toContain('before the rollback highest 900 ms at 10:12 EDT');
    expect(read(SVG)).toContain('data-run="r"');
  });

  it('PIR-03: draws a file that is named, and refuses one that has nothing of the incident', async () => {
    put(join(root, 'ticks.jsonl'), line(15, 300));
    put(join(root, 'late.jsonl'), line(60 * 24));
    expect((await failureOf(run({ ticks: 'late.jsonl' }))).code).toBe('E_TICKS');
    expect(existsSync(join(root, FILE))).toBe(false);
    await run({ ticks: 'ticks.jsonl' });
    expect(read(FILE)).toContain('highest 300 ms at 10:15 EDT');
  });

  it('--update on a machine without measurements keeps what another one wrote', async () => {
    const file = watched('d.jsonl', [line(11), line(12, 900)], 13);
    await run();
    const [before, picture] = [read(FILE), read(SVG)];
    rmSync(file);
    expect((await run({ update: true })).result).toMatchObject({ picture: null });
    expect([read(FILE), read(SVG)]).toEqual([before, picture]);
  });

  it('--update draws what was not there before', async () => {
    await run();
    expect(read(FILE)).toContain('Not on the machine that wrote this');
    expect(existsSync(join(root, SVG))).toBe(false);
    watched('d.jsonl', [line(11)], 13);
    await run({ update: true });
    expect(read(FILE)).not.toContain('Not on the machine that wrote this');
    expect(existsSync(join(root, SVG))).toBe(true);
  });

  it('leaves out a watch whose clock ran ahead of the machine, and says so', async () => {
    const file = watched('d.jsonl', [line(11), line(55)], 13);
    const told = await run();
    expect(told.warnings).toEqual([
      `${file} is left out: that watch ran faster than the clock (--time-scale).`,
    ]);
    expect(read(FILE)).toContain('Not on the machine that wrote this');
  });

  it('never writes over a picture of something else', async () => {
    watched('d.jsonl', [line(11)], 13);
    put(join(root, SVG), '<svg/>');
    expect((await failureOf(run())).code).toBe('E_FILE_EXISTS');
    expect([read(SVG), existsSync(join(root, FILE))]).toEqual(['<svg/>', false]);
  });

  it('draws nothing for a document that is older than the part, and says where it can stand', async () => {
    await run();
    const part = /<!-- release: metrics,[\s\S]*end of metrics, [0-9a-f]{8} -->\n\n/;
    put(join(root, FILE), read(FILE).replace(part, ''));
    watched('d.jsonl', [line(11)], 13);
    const told = await run({ update: true });
    expect(told.warnings[0]).toContain('older than the part about measurements');
    expect(existsSync(join(root, SVG))).toBe(false);
  });
});
