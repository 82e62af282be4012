import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CliContext } from '../../src/cli/context.ts';
import { withWired } from '../../src/cli/with-wired.ts';
import { makeTestContext } from '../support/test-context.ts';

const TEXT = `
service: shop
product: Shop
timezone: Etc/UTC
environments:
  production: { url: https://shop.example.com, database: { url: $SHOP_DATABASE } }
`;

describe('a program that is put together for one command', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'release-wired-'));
    writeFileSync(join(folder, 'runbook.config.yaml'), TEXT);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const contextWith = (over: Partial<CliContext> = {}, env = 'production'): CliContext => ({
    ...makeTestContext({ flags: { env } }).context,
    cwd: folder,
    ...over,
  });

  it('hands back what the work brings', async () => {
    const told = await withWired(contextWith(), async ({ env, scope, missing, configured }) => ({
      env,
      scope,
      missing: missing.map(({ name }) => name),
      configured: [...configured].sort(),
    }));
    expect(told).toEqual({
      env: 'production',
      scope: 'shop/production',
      missing: ['SHOP_DATABASE'],
      configured: ['archive', 'git', 'logs', 'postgres', 'prometheus', 'reports', 'shell', 'sql', 'web'],
    });
  });

  it('hands the failure of the work on as it is', async () => {
    const broken = new Error('broke');
    const work = withWired(contextWith(), () => Promise.reject(broken));
    await expect(work).rejects.toBe(broken);
  });

  it('does not begin the work when the environment is unknown or TLS is off', async () => {
    let worked = false;
    const work = async (): Promise<void> => {
      worked = true;
    };
    await expect(withWired(contextWith({}, 'prodction'), work)).rejects.toMatchObject({
      code: 'E_ENV_UNKNOWN',
    });
    const insecure = contextWith({ env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } });
    await expect(withWired(insecure, work)).rejects.toMatchObject({ code: 'E_TLS_OFF' });
    expect(worked).toBe(false);
  });
});
