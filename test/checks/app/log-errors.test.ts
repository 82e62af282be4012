import { describe, expect, it } from 'vitest';
import check from '../../../checks/app/log-errors.check.ts';
import { makeShell } from '../../../src/services/shell/real.ts';
import { failureOf } from '../../support/failure-of.ts';
import { makePolicy, makeRunbook } from '../../support/policy.ts';

const SINCE = '2025-10-01T14:10:00.000Z';
const facts = { publish: { id: 'p-1', commit: 'c', since: SINCE } };

/** What the check makes of a log that this command prints. */
async function ask(command: string, more: object = {}, given: object = facts) {
  const environment = makeRunbook({
    environments: { production: { url: 'https://rur2.example', logs: { command, ...more } } },
  }).environments.production;
  const scope = { ...makePolicy({ facts: given as never }), environment: environment as never };
  const found = await check.probe({ shell: makeShell() }, { ...scope, signal: new AbortController().signal });
  return check.judge(found, scope);
}

const QUIET = 'printf "INFO listening\\nINFO ready\\n"';
const LOUD = 'printf "INFO listening\\nERROR pool: no connection\\nFATAL migration is missing\\n"';

describe('the log of a new version', () => {
  it.each([
    { row: 'DAY-27', gate: 'smoke' },
    { row: 'DAY-34', gate: 'post-deploy' },
  ] as const)(
    '$row: is read at the gate $gate: no error is a pass, one asks people',
    async ({ row, gate }) => {
      expect(check.gates).toContain(gate);
      expect(check.runbook).toContain(row);
      expect(await ask(QUIET)).toEqual({ outcome: 'pass', said: 'no error in 2 lines since 14:10:00 UTC' });
      expect(await ask(LOUD)).toMatchObject({
        outcome: 'fail',
        holds: true,
        said: 'errors: 2 of 3 lines since 14:10:00 UTC',
      });
    },
  );

  it('DAY-27: the command is told since when, and what it printed stands in no answer', async () => {
    const told = await ask(
      'printf "ERROR at %s token=abc\\n" "$RELEASE_SINCE" | grep "at 2025-10-01T14:10:00.000Z"',
    );
    expect(told.outcome).toBe('fail');
    expect(JSON.stringify(told)).not.toContain('abc');
  });

  it('DAY-34: what is known and harmless is no error, and what an error looks like is for the runbook to say', async () => {
    expect((await ask(LOUD, { ignore: ['pool: no connection', 'migration is missing'] })).outcome).toBe(
      'pass',
    );
    expect((await ask(QUIET, { errors: '/ready$/' })).outcome).toBe('fail');
  });

  it.each([
    ['a command that fails', 'exit 3', facts],
    ['a command that prints nothing', 'true', facts],
    ['a run that published nothing', QUIET, {}],
  ])('DAY-27, DAY-34: %s is unknown, and no pass', async (_, command, given) => {
    expect((await failureOf(ask(command, {}, given))).code).toBe('E_LOG');
  });

  it('DAY-27: after a crash that lost the order it is read from the backup on', async () => {
    const lost = { publish: { id: 'seen live', commit: 'c' }, backup: { at: '2025-10-01T14:00:41.000Z' } };
    expect((await ask(QUIET, {}, lost)).said).toContain('since 14:00:41 UTC');
  });

  it('is left out, and says so, where no log is configured', () => {
    expect(check.absent?.(makePolicy())).toBe('logs are not configured: nobody looks into them');
  });
});
