import { describe, expect, it } from 'vitest';
import { checks } from '../../checks/index.ts';
import { digestEvidence } from '../../src/cli/preflight/evidence.ts';
import { runPreflight } from '../../src/cli/preflight/run-preflight.ts';
import { ReleaseError } from '../../src/domain/failure.ts';
import { makeTestContext } from '../support/test-context.ts';
import { answering, makeTestWired } from '../support/test-wired.ts';

const fine = answering('app.health', 'pass', 'health 200');
const bad = answering('database.blocking', 'fail', '1 query blocked for 48 s');
const noKey = new ReleaseError('E_SECRET_MISSING', {
  what: 'STRIPE_KEY is not set.',
  next: 'Set it.',
  state: 'untouched',
});

const refused = new ReleaseError('E_SECRET_REFUSED', {
  what: 'The password was refused.',
  next: 'Set it.',
  state: 'untouched',
});

async function preflight(
  checks: Parameters<typeof makeTestWired>[0]['checks'],
  options = {},
  missing: never[] = [],
) {
  const { context, stderr, stop } = makeTestContext({ command: 'preflight' });
  const { wired, noted } = makeTestWired({ checks: checks ?? [], missing });
  return { result: await runPreflight([], options, context, wired), noted, stderr, stop };
}

describe('preflight', () => {
  it('DAY-07: says GO with exit 0 when every check passes', async () => {
    const { result } = await preflight([fine]);
    expect(result).toMatchObject({ exitCode: 0, verdict: 'go', env: 'production' });
    expect(result.text).toContain('GO   1 passed');
  });

  it('says NO-GO with exit 3, the finding, its remedy and what to type next', async () => {
    const { result } = await preflight([fine, bad]);
    expect(result).toMatchObject({ exitCode: 3, verdict: 'no-go' });
    expect(result.text).toContain('1 query blocked for 48 s');
    expect(result.text).toContain('Mend database.blocking.');
    expect(result.next).toEqual(['release preflight --only database.blocking']);
  });

  it('says HOLD with exit 3 for what nobody knows', async () => {
    const { result } = await preflight([fine, answering('app.tls', new Error('socket'))]);
    expect(result).toMatchObject({
      exitCode: 3,
      verdict: 'hold',
      result: { score: { pass: 1, unknown: 1 } },
    });
  });

  it('asks again for all that is in the way, also for what is not known beside a NO-GO', async () => {
    const { result } = await preflight([fine, bad, answering('app.tls', new Error('socket'))]);
    expect(result.next).toEqual(['release preflight --only database.blocking,app.tls']);
  });

  it('GO-10: a part that is good leads to the rest of the gate, never to a deploy', async () => {
    const { result } = await preflight([fine, bad], { only: ['app.*'] });
    expect(result).toMatchObject({ exitCode: 0, verdict: 'go', result: { part: true } });
    expect(result.text).toContain('only 1 of 2 checks were asked: no verdict on the release');
    expect(result.next).toEqual(['release preflight']);
    expect((await preflight([fine])).result).toMatchObject({ result: { part: false } });
  });

  it('GO-10: is no GO when all that was asked for was left out', async () => {
    const advice = { ...fine, weight: 'advisory' as const };
    const { result } = await preflight([advice], { only: ['app.*'], skip: ['app.*'] });
    expect(result).toMatchObject({ exitCode: 3, verdict: 'hold' });
  });

  it('is NO-GO when nobody looked', async () => {
    expect((await preflight([])).result).toMatchObject({ exitCode: 3, verdict: 'no-go' });
  });

  it('ends with 4 when a check lacks its secret', async () => {
    expect((await preflight([fine, answering('payments.key', noKey)])).result).toMatchObject({ exitCode: 4 });
  });

  describe('with --allow-skips', () => {
    const key = answering('payments.key', noKey);

    it('ends with 0 when absent secrets alone hold it, and the answer stays HOLD', async () => {
      const { result } = await preflight([fine, key], { allowSkips: true });
      expect(result).toMatchObject({ exitCode: 0, verdict: 'hold' });
      expect(result.warnings.join()).toContain(
        '1 check not asked for want of secrets, the answer is no GO: payments.key',
      );
    });

    it.each([
      ['something failed', bad, 4],
      ['something else is unknown', answering('app.tls', new Error('socket')), 4],
      ['a secret was refused', answering('app.key', refused), 4],
    ] as const)('ends as without it when %s', async (_, other, exitCode) => {
      expect((await preflight([fine, key, other], { allowSkips: true })).result).toMatchObject({ exitCode });
    });

    it('lets nothing through that a person left out, and no unknown without a missing secret', async () => {
      const left = await preflight([fine, bad], { allowSkips: true, skip: ['database.*'] });
      expect(left.result).toMatchObject({ exitCode: 3, verdict: 'hold' });
      const silent = await preflight([fine, answering('app.tls', new Error('socket'))], { allowSkips: true });
      expect(silent.result).toMatchObject({ exitCode: 3, verdict: 'hold' });
    });
  });

  it('holds back when a check was skipped by hand', async () => {
    expect((await preflight([fine, bad], { skip: ['database.*'] })).result).toMatchObject({
      exitCode: 3,
      verdict: 'hold',
    });
  });

  it('goes on with a waiver, and shows who signed it', async () => {
    const { result } = await preflight([fine, bad], { waive: ['database.*'], reason: 'known, #12' });
    expect(result).toMatchObject({ exitCode: 0, verdict: 'go' });
    expect(result.text).toContain('waived by Dana Ito: known, #12');
    expect(result.text).toContain('1 of them waived');
  });

  it('GO-10, NG-08: tells every criterion with its source, in --json as well; a part of the gate shows no list', async () => {
    const { result } = await preflight([answering('app.health', 'pass'), answering('tests.e2e', 'fail')]);
    const criteria = (result.result as { criteria: { row: string; ok: boolean | null; from: string[] }[] })
      .criteria;
    const by = (row: string) => criteria.find((one) => one.row === row);
    expect(criteria).toHaveLength(16);
    expect(by('GO-09')).toMatchObject({ ok: true, from: ['app.health'] });
    expect(by('NG-02')).toMatchObject({ ok: false, from: ['tests.e2e'] });
    expect(by('GO-03')).toMatchObject({ ok: null });
    expect(result.text).toContain('Criteria   1 of 16 fulfilled · 2 against · 13 open');
    const part = await preflight([answering('app.health', 'pass')], { only: ['app.*'] });
    expect(part.result.text).not.toContain('Criteria');
  });

  it('refuses a waiver without a reason, and a pattern that matches nothing', async () => {
    await expect(preflight([bad], { waive: ['database.*'] })).rejects.toMatchObject({
      code: 'E_WAIVE_REASON',
    });
    await expect(preflight([bad], { only: ['databse.*'] })).rejects.toMatchObject({
      code: 'E_CHECK_UNKNOWN',
    });
    await expect(preflight([bad], { waive: ['x.y'], reason: 'r' })).rejects.toMatchObject({
      code: 'E_CHECK_UNKNOWN',
    });
  });

  it('notes the whole gate in the ledger, and a part of it as a part', async () => {
    expect((await preflight([fine])).noted).toMatchObject([
      {
        type: 'gate.decided',
        data: {
          gate: 'preflight',
          call: 'go',
          digest: digestEvidence({ digest: 'd1', rules: 'r1', askedWith: () => 'm1' }, undefined),
        },
      },
    ]);
    expect((await preflight([fine, bad], { only: ['app.*'] })).noted).toMatchObject([
      { data: { part: true, findings: [{ check: 'app.health', outcome: 'pass' }] } },
    ]);
  });

  it('is not a verdict when it was stopped', async () => {
    const { context, stop } = makeTestContext({ command: 'preflight' });
    stop.request();
    stop.request();
    const { wired, noted } = makeTestWired({ checks: [fine] });
    const result = await runPreflight([], {}, context, wired);
    expect(result).toMatchObject({ exitCode: 130, verdict: 'hold' });
    expect(noted).toEqual([]);
  });

  it('lists ids and duties without asking anything', async () => {
    const { result } = await preflight([answering('app.tls', new Error('asked'))], { list: true });
    expect(result).toMatchObject({
      exitCode: 0,
      result: {
        checks: [
          {
            id: 'app.tls',
            runbook: ['ENV-06'],
            gates: ['preflight'],
            weight: 'blocker',
            freshForMs: 2_700_000,
          },
        ],
      },
    });
    expect(result.text.split('\n')).toEqual([
      '  app.tls',
      '      Duty of app.tls',
      '      ENV-06 · gates preflight · blocker · fresh for 45 min · limit 10 s',
    ]);
  });

  it('lists every check of this program with rows, gates, weight and freshness, in 80 columns', async () => {
    const { result } = await preflight(checks, { list: true });
    const listed = result.result.checks as readonly Record<string, unknown>[];
    expect(listed.length).toBeGreaterThan(15);
    for (const one of listed) {
      expect(one).toMatchObject({ weight: expect.stringMatching(/^(blocker|advisory)$/) });
      expect([one.runbook, one.gates].every((many) => (many as readonly string[]).length > 0)).toBe(true);
      expect(one.freshForMs).toBeGreaterThan(0);
    }
    for (const line of result.text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });
});

describe('missing secrets', () => {
  it('are told all at once, before the checks', async () => {
    const { context, stderr } = makeTestContext({ command: 'preflight' });
    const needy = { ...fine, needs: ['stripe' as const] };
    const missing = [
      { name: 'NEON_API_KEY', services: ['neon' as const] },
      { name: 'STRIPE_KEY', services: ['stripe' as const] },
    ];
    const { wired } = makeTestWired({ checks: [needy], missing });
    await runPreflight([], {}, context, wired);
    expect(stderr()).toContain('error  2 secrets are missing: NEON_API_KEY, STRIPE_KEY');
    expect(stderr()).toContain('used by app.health');
  });
});
