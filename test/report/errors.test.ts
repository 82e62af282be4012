import { expect, it } from 'vitest';
import { ReleaseError } from '../../src/domain/failure.ts';
import { makePaint } from '../../src/report/color.ts';
import { sayError } from '../../src/report/errors.ts';

const say = (code: 'E_INPUT_OFF' | 'E_ARGUMENTS'): string => {
  const text = {
    what: 'I would ask here, but input is off.',
    next: 'Pass --yes.',
    state: 'untouched',
  } as const;
  return sayError(new ReleaseError(code, text), 2, makePaint(false));
};

it('a question that comes when the plan is on the screen says what its refusal leaves behind', () => {
  expect(say('E_INPUT_OFF')).toContain('  now  Nothing was changed.');
});

it('a typing error does not: exit 2 says so by definition', () => {
  expect(say('E_ARGUMENTS')).not.toContain('now');
});

it('no line of an error is broken by a terminal of 80 columns between the words and the code', () => {
  const what = 'There is no environment "staging" in runbook.config.yaml:20:1.';
  const error = new ReleaseError('E_ENV_UNKNOWN', { what, next: 'Known: production.', state: 'untouched' });
  const [first = '', second = ''] = sayError(error, 2, makePaint(false)).split('\n');
  expect(first).toBe(`error  ${what}`);
  expect(second).toBe('E_ENV_UNKNOWN'.padStart(80));
});

it('a command within the words is never broken: who copies it copies all of it', () => {
  const way =
    'release deploy --resume --takeover --env staging --reason "the laptop is at the bottom of the lake"';
  const next = `Wait for it, or ask them. If that machine is gone for good: ${way}. A rollback does not wait: release rollback --env staging`;
  const error = new ReleaseError('E_LOCKED', { what: 'Somebody is at work.', next, state: 'untouched' });
  const lines = sayError(error, 5, makePaint(false)).split('\n');
  expect(lines).toContain(`       ${way}.`);
  expect(lines).toContain('       A rollback does not wait: release rollback --env staging');
});
