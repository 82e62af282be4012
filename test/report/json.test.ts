import { describe, expect, it } from 'vitest';
import { ReleaseError } from '../../src/domain/failure.ts';
import { makePaint } from '../../src/report/color.ts';
import { sayError } from '../../src/report/errors.ts';
import { makeEnvelope } from '../../src/report/json.ts';
import { makeEventStream } from '../../src/report/json-events.ts';
import { stepDone } from '../support/run-events.ts';
import { makeSteppedClock } from '../support/stepped-clock.ts';

const at = new Date('2025-10-01T13:30:02Z');
const base = {
  tool: '0.1.0',
  command: 'preflight',
  startedAt: at,
  finishedAt: at,
  durationMs: 12.6,
  exitCode: 3,
};
const taken = new ReleaseError('E_TAG_TAKEN', {
  what: 'Tag v2.1.0 already points at another commit.',
  why: 'It points at 77d0e1c; this release is 9c1e2ab.',
  next: 'Delete the tag, or release the next version.',
  state: 'untouched',
});

describe('the JSON envelope', () => {
  it('always has every key, in UTC and whole milliseconds', () => {
    expect(makeEnvelope(base)).toEqual({
      schema: 'release.preflight/1',
      tool: '0.1.0',
      run: null,
      command: 'preflight',
      env: null,
      version: null,
      sandbox: false,
      startedAt: '2025-10-01T13:30:02.000Z',
      finishedAt: '2025-10-01T13:30:02.000Z',
      durationMs: 13,
      verdict: null,
      exitCode: 3,
      result: {},
      warnings: [],
      error: null,
      next: [],
    });
  });

  it('carries an error as data, with the same parts', () => {
    expect(makeEnvelope({ ...base, error: taken }).error).toMatchObject({
      code: 'E_TAG_TAKEN',
      message: 'Tag v2.1.0 already points at another commit.',
      fix: 'Delete the tag, or release the next version.',
      state: 'untouched',
    });
  });
});

describe('an error for people', () => {
  it('tells what, why, what to do and what is now', () => {
    expect(sayError(taken, 3, makePaint(false)).split('\n')).toEqual([
      `error  Tag v2.1.0 already points at another commit.                  E_TAG_TAKEN`,
      '  why  It points at 77d0e1c; this release is 9c1e2ab.',
      '  fix  Delete the tag, or release the next version.',
      '  now  Nothing was changed.',
    ]);
  });

  it('leaves out "nothing was changed" where exit 2 says it by definition', () => {
    expect(sayError(taken, 2, makePaint(false))).not.toContain('  now  ');
  });

  it('begins with the place, and keeps quoted source as it stands', () => {
    const config = new ReleaseError('E_TAG_TAKEN', {
      what: 'unknown key "databse"\n  databse: $URL\n  ^^^^^^^',
      next: 'Correct it.',
      state: 'untouched',
      at: { file: 'runbook.config.yaml', line: 34, col: 7 },
    });
    const lines = sayError(config, 2, makePaint(false)).split('\n');
    expect(lines[0]).toContain('runbook.config.yaml:34:7  error  unknown key "databse"');
    expect(lines[1]?.indexOf('databse')).toBe(lines[2]?.indexOf('^'));
  });
});

describe('the event stream', () => {
  it('begins with hello, ends with end, one object per event', async () => {
    const seen: unknown[] = [];
    const { clock } = makeSteppedClock();
    const stream = makeEventStream((doc) => seen.push(doc), clock, { tool: '0.1.0', command: 'deploy' });
    stream.emit(stepDone('migrate'));
    await stream.close();
    expect(seen).toMatchObject([
      { type: 'hello', schema: 'release.events/1', command: 'deploy' },
      { type: 'step.done', name: 'migrate', at: '2025-10-01T14:00:00.000Z' },
      { type: 'end' },
    ]);
  });
});
