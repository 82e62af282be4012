import { describe, expect, it } from 'vitest';
import { makeApp } from '../../../src/services/app/real.ts';
import type { Surroundings } from '../../../src/services/surroundings.ts';
import { failureOf } from '../../support/failure-of.ts';
import { makeRunbook } from '../../support/policy.ts';
import { makeScriptedWeb } from '../../support/scripted-web.ts';

const told = { node: 'v22.12.0', envKeys: ['DATABASE_URL'], dependencies: {} };
const health = { api: '/api/health', token: '$APP_TOKEN' };

function open(script: Parameters<typeof makeScriptedWeb>[0], over: object = { health }) {
  const { web, asked } = makeScriptedWeb(script);
  const runbook = makeRunbook({
    environments: { production: { url: 'https://rur2.example/base/', ...over } },
  });
  const secrets = { read: () => 'token-value', has: () => true, learn: () => undefined };
  return { app: makeApp({ runbook, secrets } as unknown as Surroundings, web), asked };
}

describe('the application, asked what it is made of', () => {
  it('E-63: is asked with its operator’s token, past caches, and within limits', async () => {
    const { app, asked } = open(() => ({ json: told }));
    expect(await app.inventory('production')).toMatchObject({
      node: '22.12.0',
      address: 'https://rur2.example/base/api/health',
    });
    expect(asked).toMatchObject([
      { method: 'GET', path: '/api/health', headers: { authorization: 'Bearer token-value' } },
    ]);
    expect(asked[0]?.headers?.['cache-control']).toContain('no-cache');
    expect(asked[0]?.timeoutMs).toBeLessThan(10_000);
    expect(asked[0]?.maxBytes).toBe(2_000_000);
  });

  it('counts as an answer while it is degraded', async () => {
    const { app } = open(() => ({ status: 503, json: told }));
    expect((await app.inventory('production')).node).toBe('22.12.0');
  });

  it.each([
    [401, 'E_SECRET_REFUSED', 'APP_TOKEN'],
    [403, 'E_SECRET_REFUSED', 'APP_TOKEN'],
    [404, 'E_APP_DOWN', 'HTTP 404'],
    [302, 'E_APP_DOWN', 'HTTP 302'],
    [502, 'E_APP_DOWN', 'HTTP 502'],
  ])('throws for HTTP %i what can be done about it: %s', async (status, code, word) => {
    const { app } = open(() => ({ status, json: told }));
    const error = await failureOf(app.inventory('production'));
    expect(error.code).toBe(code);
    expect(error.text.what).toContain(word);
    expect(JSON.stringify(error.text)).not.toContain('token-value');
  });

  it('cannot be asked where no path is configured', async () => {
    const { app } = open(() => ({ json: told }), {});
    expect((await failureOf(app.inventory('production'))).code).toBe('E_NOT_CONFIGURED');
    expect((await failureOf(app.inventory('nowhere'))).code).toBe('E_NOT_CONFIGURED');
  });

  it('asks for a token where it has none and is refused', async () => {
    const { app } = open(() => ({ status: 401 }), { health: { api: '/api/health' } });
    const error = await failureOf(app.inventory('production'));
    expect(error.code).toBe('E_INVENTORY');
    expect(error.text.next).toContain('health.token');
  });
});
