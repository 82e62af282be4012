import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkText, loadRunbook } from '../../src/config/load.ts';
import { anyChar } from '../support/any-text.ts';

const MINIMAL = `service: shop
product: Shop
timezone: Europe/Berlin
environments:
  production:
    url: https://shop.example.com
`;

let home = '';
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'release-config-'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** A folder with this configuration; the path is new for each call. */
function makeFolder(text: string, name = 'runbook.config.yaml'): string {
  const folder = mkdtempSync(join(home, 'repo-'));
  writeFileSync(join(folder, name), text);
  return folder;
}

const load = (text: string) => loadRunbook({ cwd: makeFolder(text) });

describe('loading the configuration', () => {
  it('takes a repository with git alone: service, product, timezone and one address', () => {
    const { runbook, warnings } = load(MINIMAL);
    expect(warnings).toEqual([]);
    expect(runbook.source).toMatchObject({ remote: 'origin', main: 'main' });
    expect(runbook.services).toEqual({});
    expect(runbook.environments.production).toMatchObject({
      url: 'https://shop.example.com',
      protected: false,
    });
  });

  it.each(['stripe', 'neon', 'database', 'maintenance', 'jobs', 'smoke', 'host'] as const)(
    'leaves %s out when it is not configured',
    (part) => {
      expect(load(MINIMAL).runbook.environments.production?.[part]).toBeUndefined();
    },
  );

  it('finds the nearest file upwards', () => {
    const folder = makeFolder(MINIMAL);
    const deep = join(folder, 'packages', 'api');
    mkdirSync(deep, { recursive: true });
    const loaded = loadRunbook({ cwd: deep });
    expect(loaded).toMatchObject({ root: folder, file: join(folder, 'runbook.config.yaml') });
  });

  it('takes the named file, from the working folder', () => {
    const folder = makeFolder(MINIMAL, 'other.yaml');
    expect(loadRunbook({ cwd: folder, file: 'other.yaml' }).root).toBe(folder);
  });

  it('says so when there is none', () => {
    expect(() => loadRunbook({ cwd: home })).toThrow('No runbook.config.yaml here or in any folder above.');
  });

  it.each([
    ['nothing.yaml', 'there is no such file'],
    ['.', 'it is no file'],
  ])('refuses %s: %s', (file, why) => {
    const refused = () => loadRunbook({ cwd: makeFolder(MINIMAL), file });
    expect(refused).toThrow(expect.objectContaining({ code: 'E_CONFIG_UNREADABLE' }));
    expect(refused).toThrow(why);
  });

  it('refuses more than 256 KiB before it parses anything (T18)', () => {
    expect(() => load(`${MINIMAL}# ${'x'.repeat(256 * 1024)}`)).toThrow('larger than 256 KiB');
  });

  it('tells where a value was written, and what is a default', () => {
    const { origin } = load(
      MINIMAL.replace('environments:', 'thresholds: { blockingSeconds: 20 }\nenvironments:'),
    );
    expect(origin(['thresholds', 'blockingSeconds'])).toEqual({
      file: 'runbook.config.yaml',
      line: 4,
      col: 32,
    });
    expect(origin(['thresholds', 'cvss'])).toBe('default');
  });

  it('finds a merged value where the anchor was written', () => {
    const { origin, runbook } = load(
      `x-shared: { health: &health { path: /up } }\n${MINIMAL}    health: { <<: *health }\n`,
    );
    expect(runbook.environments.production?.health.path).toBe('/up');
    expect(origin(['environments', 'production', 'health', 'path'])).toMatchObject({ line: 1, col: 37 });
  });

  it('has one digest for the same rules: comments, order and defaults spelt out do not count', () => {
    const { digest } = load(MINIMAL);
    expect(load(`# hello\n${MINIMAL}defaultEnv: production\n`).digest).toBe(digest);
    expect(load(`thresholds: { cvss: 9 }\n${MINIMAL}`).digest).not.toBe(digest);
  });

  it('survives any text: there are problems or a configuration, never a crash', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: anyChar }), fc.json()), (text) => {
        const { runbook, problems } = checkText('runbook.config.yaml', text);
        expect(runbook !== undefined || problems.length > 0).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
