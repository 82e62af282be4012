import { describe, expect, it } from 'vitest';
import { chooseEnv } from '../../src/config/choose-env.ts';
import { explainRunbook, renderExplained } from '../../src/config/explain.ts';
import { environmentOf } from '../../src/config/find-environment.ts';
import { makeSecrets } from '../../src/config/secrets.ts';
import { OWN } from '../support/own-runbook.ts';

const loaded = OWN;
const secrets = (env: Record<string, string> = {}) => makeSecrets({ env });

describe('the origin of every value', () => {
  it('is its place in the file, or default', () => {
    const rows = explainRunbook(loaded, secrets(), 'window');
    expect(rows).toContainEqual({
      path: 'window.from',
      value: '10:00',
      origin: expect.stringMatching(/^runbook\.config\.yaml:\d+:\d+$/),
    });
    expect(explainRunbook(loaded, secrets(), 'sandbox')).toEqual([
      { path: 'sandbox', value: 'false', origin: 'default' },
    ]);
  });

  it('shows of a secret whether it is set, by whom, and four letters of a long one', () => {
    const env = { NEON_API_KEY: 'napi-0123456789abc3f9c' };
    const shown = (over: Record<string, string>) =>
      explainRunbook(loaded, secrets(over), 'services.neon.apiKey');
    expect(shown(env)).toEqual([
      { path: 'services.neon.apiKey', value: '$NEON_API_KEY set (…3f9c)', origin: 'env NEON_API_KEY' },
    ]);
    expect(shown({ NEON_API_KEY: 'short' })[0]?.value).toBe('$NEON_API_KEY set');
    expect(shown({})[0]).toMatchObject({ value: '$NEON_API_KEY missing', origin: 'nobody set it' });
  });

  it('reaches into lists, in both spellings', () => {
    const path = explainRunbook(loaded, secrets(), 'smoke.calls[3].path');
    expect(path).toEqual(explainRunbook(loaded, secrets(), 'smoke.calls.3.path'));
    expect(path[0]).toMatchObject({ path: 'smoke.calls[3].path', value: '/api/auth/me' });
  });

  it.each([
    ['thresholds.parity.goo', 'Did you mean "go"?'],
    ['enviroments', 'Did you mean "environments"?'],
    ['product.name', 'There is no "product.name" in the configuration.'],
  ])('refuses %s', (path, said) => {
    const refused = () => explainRunbook(loaded, secrets(), path);
    expect(refused).toThrow(said);
    expect(refused).toThrow(expect.objectContaining({ code: 'E_CONFIG_PATH' }));
  });

  it('is printed in columns', () => {
    const rows = [
      { path: 'a', value: '1', origin: 'default' },
      { path: 'long.path', value: 'text', origin: 'flag' },
    ];
    expect(renderExplained(rows)).toBe('a          1     ← default\nlong.path  text  ← flag');
  });
});

describe('the environment', () => {
  it('is the typed one, then RELEASE_ENV, then defaultEnv', () => {
    const said = secrets({ RELEASE_ENV: 'staging' });
    expect(chooseEnv(loaded, said, 'production')).toEqual({ name: 'production', origin: 'flag' });
    expect(chooseEnv(loaded, said)).toEqual({ name: 'staging', origin: 'environment' });
    expect(chooseEnv(loaded, secrets())).toMatchObject({ name: 'production', origin: { col: 13 } });
  });

  it('is never guessed: an unknown one is refused with the known ones and the nearest', () => {
    const refused = () =>
      environmentOf(loaded.runbook, 'prodction', { file: 'runbook.config.yaml', line: 12, col: 1 });
    expect(refused).toThrow('There is no environment "prodction" in runbook.config.yaml:12:1.');
    expect(refused).toThrow(
      expect.objectContaining({
        code: 'E_ENV_UNKNOWN',
        text: expect.objectContaining({
          next: 'Known: production, staging. Did you mean "production"? Nothing was done.',
        }),
      }),
    );
  });

  it.each(['constructor', '__proto__', 'toString'])('is not %s', (name) => {
    expect(() => environmentOf(loaded.runbook, name)).toThrow('There is no environment');
  });

  it('is found by its exact name', () => {
    expect(environmentOf(loaded.runbook, 'staging').url).toBe('https://rur2-staging.replit.app');
  });
});
