import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GlobalFlags } from '../../src/cli/context.ts';
import { errorInSamePlace, inSamePlace } from '../../src/cli/in-same-place.ts';
import { ReleaseError } from '../../src/domain/failure.ts';
import { makeTestContext } from '../support/test-context.ts';

let cwd: string;
beforeAll(() => {
  cwd = realpathSync(mkdtempSync(join(tmpdir(), 'release-place-')));
  for (const name of ['runbook.config.yaml', 'other.yaml']) writeFileSync(join(cwd, name), '');
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const STAGING = { env: 'staging', envIsTyped: true };

const here = (flags: Partial<GlobalFlags>) => ({ ...makeTestContext({ flags }).context, cwd, env: {} });
const said = (words: string, flags: Partial<GlobalFlags> = STAGING): string =>
  inSamePlace(words, here(flags));

describe('a command within the words of an error', () => {
  it('goes on in the environment that was typed', () => {
    expect(
      said(
        'A rollback does not wait: release rollback. If that machine is gone: release deploy --resume --takeover',
      ),
    ).toBe(
      'A rollback does not wait: release rollback --env staging. If that machine is gone: release deploy --env staging --resume --takeover',
    );
  });

  it('keeps the environment that it names, also behind a version with its dots', () => {
    for (const words of [
      'Code alone: release rollback --to v2.0.3 --db none --env production',
      'Try it: release deploy v2.1.0-rc.1 --env staging, then  release deploy v2.1.0 --env production',
    ])
      expect(said(words)).toBe(words);
    expect(said('release status. Then release rollback --to v2.0.3 --env production')).toBe(
      'release status --env staging. Then release rollback --to v2.0.3 --env production',
    );
  });

  it('is left alone where the bare line means the same, and where it works on no environment', () => {
    const words = 'release deploy --resume goes on; release init writes one, release demo needs none.';
    expect(said(words, {})).toBe(words);
    expect(said(words, { env: 'staging', envIsTyped: false })).toBe(words);
    const others = 'release init writes one; release demo needs none; the release notes say so.';
    expect(said(others)).toBe(others);
  });

  it('goes on with the file that was typed', () => {
    expect(said('release status shows it.', { config: 'other.yaml' })).toBe(
      'release status --config other.yaml shows it.',
    );
    expect(said('release status shows it.', { config: 'runbook.config.yaml' })).toBe(
      'release status shows it.',
    );
  });
});

describe('an error', () => {
  it('keeps its code, its state and what happened', () => {
    const error = new ReleaseError('E_LOCKED', {
      what: 'Dana holds rur2/staging.',
      why: 'release deploy is at work.',
      next: 'release status',
      state: 'untouched',
    });
    expect(errorInSamePlace(error, here(STAGING))).toMatchObject({
      code: 'E_LOCKED',
      text: {
        what: 'Dana holds rur2/staging.',
        why: 'release deploy --env staging is at work.',
        next: 'release status --env staging',
        state: 'untouched',
      },
    });
  });
});
