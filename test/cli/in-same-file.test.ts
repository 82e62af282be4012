import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goOnWith, inSameFile } from '../../src/cli/in-same-file.ts';
import { makeTestContext } from '../support/test-context.ts';

let cwd: string;
beforeAll(() => {
  cwd = realpathSync(mkdtempSync(join(tmpdir(), 'release-next-')));
  mkdirSync(join(cwd, 'inner'));
  for (const name of ['runbook.config.yaml', 'other.yaml', 'inner/runbook.config.yaml'])
    writeFileSync(join(cwd, name), '');
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

function next(config: string | undefined, { line = 'release status', env = {}, from = '' } = {}): string {
  const { context } = makeTestContext({ flags: config === undefined ? {} : { config } });
  return inSameFile(line, { ...context, cwd: join(cwd, from), env });
}

describe('the command that goes on', () => {
  it('is none within a story whose sandbox is gone when it ends, and an error there names no file of it', () => {
    const { context } = makeTestContext({ flags: { config: 'other.yaml' } });
    const here = { ...context, cwd };
    expect(goOnWith(['release status'], { ...here, env: {} })).toEqual([
      'release status --config other.yaml',
    ]);
    expect(goOnWith(['release status'], { ...here, env: { RELEASE_STORY: '1' } })).toEqual([]);
    expect(next('other.yaml', { env: { RELEASE_STORY: '1' } })).toBe('release status');
  });

  it('names no file that is found from here without it', () => {
    expect(next(undefined)).toBe('release status');
    expect(next('runbook.config.yaml')).toBe('release status');
    expect(next(join(cwd, 'runbook.config.yaml'))).toBe('release status');
    expect(next('inner/../runbook.config.yaml')).toBe('release status');
    expect(next('runbook.config.yaml', { from: 'inner' })).toBe('release status');
  });

  it('names any other, as briefly as it can be typed', () => {
    expect(next('other.yaml')).toBe('release status --config other.yaml');
    expect(next(join(cwd, 'inner', 'runbook.config.yaml'))).toBe(
      'release status --config inner/runbook.config.yaml',
    );
    expect(next('../other.yaml', { from: 'inner' })).toBe('release status --config ../other.yaml');
    expect(next(join(cwd, 'other.yaml'), { from: 'inner' })).toBe(
      `release status --config ${join(cwd, 'other.yaml')}`,
    );
  });

  it('goes by RELEASE_CONFIG, which comes before what is found', () => {
    const env = { RELEASE_CONFIG: join(cwd, 'other.yaml') };
    expect(next('other.yaml', { env })).toBe('release status');
    expect(next('runbook.config.yaml', { env })).toBe('release status --config runbook.config.yaml');
  });

  it('can be pasted into a shell, whatever the folder is called', () => {
    expect(next("my runbook's.yaml")).toBe("release status --config 'my runbook'\\''s.yaml'");
    expect(next('a$(date).yaml')).toBe("release status --config 'a$(date).yaml'");
  });

  it('is left as it is where it names one, and where none is read', () => {
    for (const line of ['release status --config x.yaml', 'release demo', 'git fetch'])
      expect(next('other.yaml', { line })).toBe(line);
  });
});
