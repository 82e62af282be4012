import { describe, expect, it } from 'vitest';
import check from '../../../checks/drift/secrets.check.ts';
import { accepted, neverAccepted } from '../../support/drift.ts';
import { makePolicy, makeRunbook, onlyThese } from '../../support/policy.ts';

const required = ['DATABASE_URL', 'STRIPE_SECRET_KEY', 'JWT_SECRET', 'NEON_API_KEY'];
const runbook = makeRunbook({
  environments: { production: { url: 'https://rur2.example', requiredKeys: required } },
});
const policyWith = (names?: readonly string[]) =>
  makePolicy({
    runbook,
    environment: runbook.environments.production as (typeof runbook.environments)[string],
    ...(names === undefined ? neverAccepted(false) : accepted({ secret: areaOf(names) })),
  });
const areaOf = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, '']));
const judge = (names: readonly string[], before?: readonly string[]) =>
  check.judge({ area: areaOf(names) }, policyWith(before));

describe('the variables of the running application', () => {
  it('DRF-02: are read by name from the application itself', async () => {
    const inventory = { address: '', node: '22.0.0', settings: { rateLimits: {} }, exposed: [] };
    const services = onlyThese({ app: { inventory: async () => ({ ...inventory, envKeys: ['B', 'A'] }) } });
    expect(await check.probe(services, policyWith([]))).toEqual({ area: { A: '', B: '' } });
  });

  it('DRF-02, HOP-24: pass when every required one is set, also where nothing was accepted yet', () => {
    expect(judge([...required, 'PATH'])).toMatchObject({
      outcome: 'pass',
      said: '4 required names set; the rest is not accepted yet',
    });
  });

  it.each(required)('DRF-02, HOP-24: fail without %s', (name) => {
    const rest = required.filter((one) => one !== name);
    for (const before of [undefined, required, rest])
      expect(judge([...rest, `${name}_STAGING`], before)).toMatchObject({
        outcome: 'fail',
        said: `${name} missing in production`,
      });
  });

  it('DRF-02: another one that came or went is for a person to look at', () => {
    expect(judge([...required, 'NEW'], [...required, 'OLD'])).toMatchObject({
      outcome: 'warn',
      said: 'NEW added, OLD removed',
    });
  });

  it('HOP-24: a missing one blocks, an accepted set-up does not', () => {
    expect(check.weight).toBe('blocker');
    expect(judge(required, required)).toMatchObject({ outcome: 'pass', said: '4 as accepted' });
  });

  it('is asked wherever variables are required, and else once a set-up was accepted', () => {
    expect(check.absent?.(policyWith())).toBeUndefined();
    expect(check.absent?.(makePolicy(neverAccepted(false)))).toBe('no set-up is accepted yet');
  });
});
