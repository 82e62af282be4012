import { describe, expect, it } from 'vitest';
import check from '../../../checks/database/staging-schema.check.ts';
import { makePolicy, makeRunbook } from '../../support/policy.ts';

const file = (tag: string) => ({ tag, sql: `-- ${tag}`, hash: `hash of ${tag}`, when: 1 });
const row = (tag: string) => ({ hash: `hash of ${tag}`, when: 1 });
const release = { version: 'v2.1.0', branch: 'release/v2.1.0', commit: 'c'.repeat(40), from: 'v2.0.3' };
const judge = (files: string[], applied: string[]) =>
  check.judge({ files: files.map(file), applied: applied.map(row) }, makePolicy({ release }));

describe('the migrations on staging', () => {
  it('PRE-19: passes when exactly those of the candidate are applied', () => {
    expect(judge(['0041', '0042'], ['0041', '0042'])).toMatchObject({ outcome: 'pass' });
  });

  it('PRE-19: fails when one of them is not, and names it', () => {
    expect(judge(['0041', '0042'], ['0041'])).toMatchObject({
      outcome: 'fail',
      said: '0042 is not applied on staging',
      remedy: 'Try it out there first: release deploy v2.1.0 --env staging',
    });
  });

  it('PRE-19: fails when staging has more than the candidate: what was tested rests on it', () => {
    expect(judge(['0041'], ['0041', '0042'])).toMatchObject({
      outcome: 'fail',
      said: '1 migration is applied on staging that the candidate does not have',
    });
  });

  it('concerns a release that is not live yet, where staging has a database', () => {
    const { production } = makeRunbook().environments;
    const absent = (staging: object, from = 'v2.0.3') =>
      check.absent?.(
        makePolicy({
          release: { ...release, from },
          runbook: makeRunbook({
            environments: { production, staging: { url: 'https://s.example', ...staging } },
          }),
        }),
      );
    expect(absent({ database: { url: '$STAGING' } })).toBeUndefined();
    expect(absent({ database: { url: '$STAGING' } }, 'v2.1.0')).toBe('v2.1.0 is live');
    expect(absent({})).toBe('staging has no database here');
  });
});
