import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listSecrets, missingSecrets, refuseMissing } from '../../src/config/missing-secrets.ts';
import { makeSecrets } from '../../src/config/secrets.ts';
import { OWN } from '../support/own-runbook.ts';

let home = '';
let envFile = '';
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'release-secrets-'));
  envFile = join(home, '.env.runbook');
  writeFileSync(
    envFile,
    '# values\nNEON_API_KEY=from-the-file\nexport STRIPE_SECRET_KEY="sk_live_fromfile"\nEMPTY=\nRELEASE_ENV=staging\n',
  );
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('secrets', () => {
  it('come from the environment first, then from the file beside the configuration', () => {
    const secrets = makeSecrets({ env: { NEON_API_KEY: 'from-the-environment' }, envFile });
    expect(secrets.read('$NEON_API_KEY')).toBe('from-the-environment');
    expect(secrets.read('STRIPE_SECRET_KEY')).toBe('sk_live_fromfile');
    expect(secrets.origin('$NEON_API_KEY')).toEqual({ from: 'environment' });
    expect(secrets.origin('$STRIPE_SECRET_KEY')).toEqual({ from: 'file', file: '.env.runbook', line: 3 });
  });

  it('count as missing when they are empty', () => {
    const secrets = makeSecrets({ env: { NEON_API_KEY: '' }, envFile });
    expect(secrets.read('$NEON_API_KEY')).toBe('from-the-file');
    expect(secrets.has('$EMPTY')).toBe(false);
    expect(secrets.origin('$EMPTY')).toBeUndefined();
    expect(() => secrets.read('$EMPTY')).toThrow(expect.objectContaining({ code: 'E_SECRET_MISSING' }));
  });

  it('need no file', () => {
    const secrets = makeSecrets({ env: { A: 'value-of-a' }, envFile: join(home, 'none') });
    expect(secrets.read('$A')).toBe('value-of-a');
    expect(secrets.all()).toEqual(['value-of-a']);
  });

  it('refuse a file that cannot be read, rather than take it for empty', () => {
    expect(() => makeSecrets({ env: {}, envFile: home })).toThrow(
      expect.objectContaining({ code: 'E_SECRETS_UNREADABLE' }),
    );
    chmodSync(home, 0o700);
  });

  it('tell a listener everything already known, then each new value once', () => {
    const secrets = makeSecrets({ env: { A: 'value-of-a' }, envFile });
    const heard: string[] = [];
    const stop = secrets.subscribe((value) => heard.push(value));
    expect(heard).toEqual(['from-the-file', 'sk_live_fromfile']);
    secrets.read('$A');
    secrets.read('$A');
    secrets.learn('postgres://role:from-neon@host/db');
    secrets.learn('');
    stop();
    secrets.learn('nobody listens');
    expect(heard.slice(2)).toEqual(['value-of-a', 'postgres://role:from-neon@host/db']);
    expect(secrets.all()).toContain('nobody listens');
  });

  it('do not take a setting of the program for a secret: masking "staging" would garble every screen', () => {
    const secrets = makeSecrets({ env: {}, envFile });
    expect(secrets.setting('RELEASE_ENV')).toBe('staging');
    expect(secrets.all()).not.toContain('staging');
  });
});

describe('missing secrets', () => {
  const loaded = OWN;
  const has = (...names: string[]) => ({ has: (name: string) => names.includes(name) });

  it('are listed all at once, with who needs them and where', () => {
    const all = listSecrets(loaded.runbook, 'production').map((use) => use.name);
    const wanted = ['DATABASE_URL_PROD', 'NEON_API_KEY', 'STRIPE_SECRET_KEY'];
    const missing = missingSecrets(
      loaded,
      has(...all.filter((name) => !wanted.includes(name))),
      'production',
    );
    const { text, code } = refuseMissing(missing);
    expect(code).toBe('E_SECRET_MISSING');
    expect(text.what).toBe('3 secrets are missing: DATABASE_URL_PROD, NEON_API_KEY, STRIPE_SECRET_KEY');
    expect(text.why).toMatch(
      /^used by environments\.production\.database\.url \(runbook\.config\.yaml:\d+:\d+\), services\.neon\.apiKey \(/,
    );
    expect(text.next).toBe('Put them in .env.runbook or the CI secret store; template: .env.runbook.example');
  });

  it('of another environment are not asked for', () => {
    const names = listSecrets(loaded.runbook, 'staging').map((use) => use.name);
    expect(names).toContain('DATABASE_URL_STAGING');
    expect(names).toContain('SLACK_BOT_TOKEN');
    expect(names).not.toContain('DATABASE_URL_PROD');
  });

  it('are counted as one when several places name the same', () => {
    const [app] = listSecrets(loaded.runbook, 'production').filter((use) => use.name === 'APP_TOKEN');
    expect(app?.paths.length).toBe(5);
    expect(refuseMissing(missingSecrets(loaded, has(), 'production').slice(0, 1)).text.what).toBe(
      '1 secret is missing: APP_TOKEN',
    );
  });
});
