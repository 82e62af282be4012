import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { recallRunbook } from '../../../src/cli/wiring/recall-runbook.ts';
import { loadRunbook } from '../../../src/config/load.ts';
import { listSecrets } from '../../../src/config/missing-secrets.ts';

let folder = '';
let cache = '';
const OWN = readFileSync('runbook.config.yaml', 'utf8');
const SMALL =
  'service: shop\nproduct: Shop\ntimezone: UTC\nenvironments: { production: { url: https://shop.test } }\n';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-recall-'));
  cache = join(folder, 'cache', 'release-runbook', 'config');
  vi.stubGlobal('RELEASE_BUILD', 'one');
  write(OWN);
});
afterEach(() => {
  vi.unstubAllGlobals();
  rmSync(folder, { recursive: true, force: true });
});

const write = (text: string): void => writeFileSync(join(folder, 'runbook.config.yaml'), text);
const recall = () => recallRunbook({ cwd: folder, env: { XDG_CACHE_HOME: join(folder, 'cache') } });
const kept = (): string[] => readdirSync(cache).map((name) => join(cache, name));

/** Changes what is kept. */
async function forge(change: (text: string) => string): Promise<void> {
  await recall();
  for (const file of kept()) writeFileSync(file, change(readFileSync(file, 'utf8')));
}

describe('remembering a checked configuration', () => {
  it('answers the second time as the first, and as reading it does', async () => {
    const read = loadRunbook({ cwd: folder });
    const [first, second] = [await recall(), await recall()];
    for (const one of [first, second]) {
      expect(one.runbook).toEqual(read.runbook);
      expect([one.digest, one.file, one.root]).toEqual([read.digest, read.file, folder]);
    }
    const paths = listSecrets(read.runbook).flatMap((use) => use.paths);
    expect(paths.length).toBeGreaterThan(10);
    for (const path of [['defaultEnv'], ...paths]) expect(second.origin(path)).toEqual(read.origin(path));
    expect(second.origin(['environments'], 'key')).toEqual(read.origin(['environments'], 'key'));
  });

  it('really answers from what it kept', async () => {
    await forge((text) => {
      const [key, , ...rest] = text.split('\n');
      const body = rest.join('\n').replace('"RuR2', '"kept');
      return [key, createHash('sha256').update(body).digest('hex'), body].join('\n');
    });
    expect((await recall()).runbook.product).toMatch(/^kept/);
  });

  it('reads again what has changed by one letter', async () => {
    await recall();
    write(OWN.replace('product: RuR2', 'product: RuR3'));
    expect((await recall()).runbook.product).toContain('RuR3');
  });

  it('takes nothing from another build of the program', async () => {
    await forge((text) => text);
    vi.stubGlobal('RELEASE_BUILD', 'two');
    const before = readFileSync(kept()[0] ?? '', 'utf8');
    await recall();
    expect(readFileSync(kept()[0] ?? '', 'utf8')).not.toBe(before);
  });

  it.each([
    ['a changed value', (text: string) => text.replace('"RuR2', '"RuR9')],
    ['half a file', (text: string) => text.slice(0, text.length / 2)],
    ['nothing', () => ''],
    ['another text', () => 'x\ny\n{}'],
  ])('does not take %s for an answer', async (_, change) => {
    const { runbook } = loadRunbook({ cwd: folder });
    await forge(change);
    expect((await recall()).runbook).toEqual(runbook);
  });

  it('remembers no configuration with problems: they are told each time', async () => {
    write(OWN.replace('timezone:', 'timzone:'));
    for (const _ of [1, 2]) await expect(recall()).rejects.toThrow('timzone');
    expect(kept()).toEqual([]);
  });

  it('holds names of secrets and no values, for the account alone', async () => {
    const canary = 'sk_live_canary0123456789';
    await recallRunbook({ cwd: folder, env: { XDG_CACHE_HOME: join(folder, 'cache'), KEY: canary } });
    const [file = ''] = kept();
    expect(readFileSync(file, 'utf8')).toContain('$STRIPE_SECRET_KEY');
    expect(readFileSync(file, 'utf8')).not.toContain(canary);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(cache).mode & 0o777).toBe(0o700);
  });

  it('T21: uses no folder that others may write to, and none behind a link', async () => {
    mkdirSync(cache, { recursive: true });
    chmodSync(cache, 0o777);
    await recall();
    expect(kept()).toEqual([]);
    rmSync(cache, { recursive: true });
    mkdirSync(join(folder, 'elsewhere'), { mode: 0o700 });
    symlinkSync(join(folder, 'elsewhere'), cache);
    await recall();
    expect(readdirSync(join(folder, 'elsewhere'))).toEqual([]);
  });

  it('keeps at most sixteen, and says nothing where nothing can be kept', async () => {
    for (let i = 0; i < 30; i += 1) {
      const file = join(folder, `${i}.yaml`);
      writeFileSync(file, SMALL);
      await recallRunbook({ cwd: folder, file, env: { XDG_CACHE_HOME: join(folder, 'cache') } });
    }
    expect(kept().length).toBeLessThanOrEqual(16);
    const nowhere = join(folder, 'nowhere.yaml');
    writeFileSync(nowhere, SMALL);
    const { runbook } = await recallRunbook({
      cwd: folder,
      file: nowhere,
      env: { XDG_CACHE_HOME: '/dev/null' },
    });
    expect(runbook.service).toBe('shop');
  });

  it('remembers nothing for an account without a home, and nothing below a relative folder', async () => {
    for (const env of [{}, { HOME: '' }, { HOME: 'here' }, { XDG_CACHE_HOME: 'cache' }])
      expect((await recallRunbook({ cwd: folder, env })).runbook.service).toBeTruthy();
    expect(existsSync('cache/release-runbook')).toBe(false);
    expect(existsSync('here')).toBe(false);
  });

  it('remembers nothing where the program runs unbuilt', async () => {
    vi.stubGlobal('RELEASE_BUILD', undefined);
    await recall();
    expect(() => readdirSync(cache)).toThrow('ENOENT');
  });
});
