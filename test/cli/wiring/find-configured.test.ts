import { describe, expect, it } from 'vitest';
import { findConfigured } from '../../../src/cli/wiring/find-configured.ts';
import type { Runbook } from '../../../src/config/schema/index.ts';
import { makeRunbook } from '../../support/policy.ts';
import { gitAlone } from '../cli-world.ts';

const ALWAYS = ['archive', 'git', 'logs', 'prometheus', 'reports', 'shell', 'sql', 'web'];
const url = 'https://rur2.example';
const configured = (runbook: Runbook): string[] => {
  const environment = runbook.environments.production;
  if (environment === undefined) throw new TypeError('the test runbook has no production');
  return [...findConfigured(runbook, environment)].sort();
};
const more = (runbook: Runbook): string[] => configured(runbook).filter((name) => !ALWAYS.includes(name));

describe('the services that an environment has', () => {
  it('are those that need nothing but its address when only that is configured', () => {
    expect(configured(gitAlone())).toEqual(ALWAYS);
  });

  it('are all that the runbook names', () => {
    expect(more(makeRunbook())).toEqual(['host', 'neon', 'postgres', 'slack', 'stripe']);
  });

  const neon = { project: 'p', branch: 'main', database: 'rur2', role: 'app' };
  it.each([
    ['app', { environments: { production: { url, health: { api: '/api/health' } } } }],
    ['host', { environments: { production: { url, host: { strategy: 'push' } } } }],
    ['postgres', { environments: { production: { url, database: { url: '$DATABASE_URL' } } } }],
    ['slack', { services: { slack: { botToken: '$T', channels: {}, routes: {} } } }],
    ['mail', { services: { mail: { from: 'r@example.com', outbox: 'out' } } }],
    [
      'statuspage',
      { environments: { production: { url, statusPage: { kind: 'file', path: 'status.json' } } } },
    ],
    ['github', { services: { github: { repository: 'a/b', token: '$T' } } }],
    ['metrics', { metrics: { kind: 'app', url: '/api/metrics' } }],
  ])('have %s when it is configured, and nothing else with it', (name, over) => {
    expect(more(gitAlone(over))).toEqual([name]);
  });

  it('have Neon only with both its key and the environment’s branch', () => {
    const environments = { production: { url, neon } };
    const services = { neon: { apiKey: '$K' } };
    expect(more(gitAlone({ environments }))).toEqual([]);
    expect(more(gitAlone({ services }))).toEqual([]);
    expect(more(gitAlone({ environments, services }))).toEqual(['neon']);
  });
});
