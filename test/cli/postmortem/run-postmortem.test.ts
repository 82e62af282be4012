import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runPostmortem } from '../../../src/cli/postmortem/run-postmortem.ts';
import type { LedgerEvent } from '../../../src/ledger/event.ts';
import { failureOf } from '../../support/failure-of.ts';
import { incidentEvents } from '../../support/incident.ts';
import { makeTestContext } from '../../support/test-context.ts';
import { makeTestWired } from '../../support/test-wired.ts';

const FILE = 'docs/postmortems/2025-10-01-v2.1.0-incident.md';
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'release-postmortem-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

async function run(
  options: Record<string, string | boolean> = {},
  events: readonly LedgerEvent[] = incidentEvents(),
  unreached?: string,
  now?: number,
) {
  const { context } = makeTestContext({ command: 'postmortem' });
  const { wired } = makeTestWired({ events, ...(unreached === undefined ? {} : { unreached }) });
  const writing = { ...context, cwd: root, out: { ...context.out, file: put } };
  const clock = now === undefined ? wired.clock : { ...wired.clock, now: () => new Date(now) };
  return runPostmortem([], options, writing, { ...wired, root, clock });
}
const fillIn = (text: string): string =>
  text.replaceAll('TODO(person)', 'said').replace('Owner: name', 'Owner: Jo');
const read = (path: string = FILE): string => readFileSync(join(root, path), 'utf8');

describe('release postmortem', () => {
  it('PIR-11, PMT-01: writes the file of the day on which the rollback began, once', async () => {
    const told = await run();
    expect(told).toMatchObject({ exitCode: 0, run: 'r', result: { timeline: 12 } });
    expect(told.text).toContain(`✔ ${FILE}   timeline 12 lines, 9 fields for you`);
    expect(read()).toContain('# Incident Postmortem: v2.1.0 Rollback');
    const before = read();
    expect((await failureOf(run())).code).toBe('E_FILE_EXISTS');
    expect(read()).toBe(before);
  });

  it('writes its own parts anew with --update, and only then', async () => {
    expect((await failureOf(run({ update: true }))).code).toBe('E_NO_FILE');
    await run();
    const edited = read().replace('TODO(person): what caused the failure, in detail', 'An index.');
    // As an older program wrote it, without a digest, and of a ledger that knew less.
    const older = edited.replaceAll(/, [0-9a-f]{8} -->/g, ' -->').replace('Maintenance mode on', 'less');
    put(join(root, FILE), older);
    expect((await run({ update: true })).exitCode).toBe(0);
    expect(read()).toBe(edited);
  });

  it('PMT-01, E-102: gives a second incident of the same day a file of its own', async () => {
    await run();
    const other = incidentEvents().map((event) => ({ ...event, run: `${event.run}2` }));
    expect((await run({}, other)).text).toContain('2025-10-01-v2.1.0-incident-2.md');
    expect((await run({ update: true })).text).toContain('2025-10-01-v2.1.0-incident.md');
  });

  it('PIR-24: --check is 3 while fields are open or a box is overdue, and 0 afterwards', async () => {
    await run();
    const open = await run({ check: true });
    expect(open.exitCode).toBe(3);
    expect(open.text).toContain('Root Cause');
    put(join(root, FILE), fillIn(read()));
    expect((await run({ check: true })).exitCode).toBe(0);
    const late = await run({ check: true }, incidentEvents(), undefined, Date.UTC(2025, 9, 1, 17));
    expect([late.exitCode, late.text.includes('overdue: Tell engineering what was found')]).toEqual([
      3,
      true,
    ]);
  });

  it('PMT-10: --check is 3 while an action has no owner, no day, or one that is over', async () => {
    await run();
    put(join(root, FILE), fillIn(read()).replace('Owner: Jo', 'Owner: tbd'));
    const told = await run({ check: true });
    expect([told.exitCode, told.text.includes('Action Items: no owner: said: action')]).toEqual([3, true]);
  });

  it('finds the file of this run under the name that older programs gave it', async () => {
    await run();
    put(join(root, 'docs/postmortems/2025-10-01-incident.md'), read());
    rmSync(join(root, FILE));
    expect((await run({ update: true })).text).toContain('2025-10-01-incident.md');
  });

  it('never writes over a file that is about something else', async () => {
    put(join(root, 'notes.md'), 'mine');
    expect((await failureOf(run({ file: 'notes.md', update: true }))).code).toBe('E_FILE_EXISTS');
    expect(read('notes.md')).toBe('mine');
  });

  it('says so when there was no rollback, and when the ledger could not be asked', async () => {
    expect((await failureOf(run({}, []))).code).toBe('E_NO_INCIDENT');
    const told = await run({}, incidentEvents(), 'The remote gives no answer.');
    expect(told.warnings).toEqual([
      'The remote gives no answer. The timeline is as this machine last saw it.',
    ]);
  });
});
