import { describe, expect, it } from 'vitest';
import { runPreflight } from '../../../src/cli/preflight/run-preflight.ts';
import { type Check, type Judgement, ReleaseError } from '../../../src/kit.ts';
import { answering } from '../../support/test-wired.ts';
import { makeCliWorld } from '../cli-world.ts';

const MINUTE = 60_000;

/** A world in which one check counts how often it was asked and answers what it is told. */
function makeWorld(first: Judgement['outcome'] = 'pass', change: Partial<Check> = {}) {
  const told = { outcome: first, asked: 0 };
  const counting: Check = {
    ...answering('app.health', 'pass'),
    probe: async () => {
      told.asked += 1;
    },
    judge: () => ({ outcome: told.outcome, said: `answer ${told.asked}` }),
    ...change,
  };
  const branches = { 'release/v2.1.0': 'b'.repeat(40) };
  const world = makeCliWorld({
    command: 'preflight',
    branches,
    checks: [counting, answering('app.tls', 'pass')],
  });
  const preflight = (options: Record<string, string | readonly string[]> = {}, wired = world.wired) =>
    runPreflight(['v2.1.0'], options, world.context, wired);
  return { ...world, told, preflight };
}

describe('preflight --max-age', () => {
  it('E-03: takes a good answer that is young enough, and shows how old it is', async () => {
    const { preflight, told, time } = makeWorld();
    await preflight();
    await time.advance(10 * MINUTE);
    const { text, result, verdict } = await preflight({ maxAge: '10m' });
    expect({ verdict, asked: told.asked }).toEqual({ verdict: 'go', asked: 1 });
    expect(text).toContain('from the ledger: 2 checks, up to 10 min old');
    expect(result.checks).toMatchObject([
      { said: 'answer 1', recorded: true, at: '2025-10-01T14:00:00.000Z' },
      {},
    ]);
    await time.advance(1);
    await preflight({ maxAge: '10m' });
    expect(told.asked).toBe(2);
  });

  it('asks anew what is young and no longer fresh', async () => {
    const { preflight, told, time } = makeWorld('pass', { freshForMs: 5 * MINUTE });
    await preflight();
    await time.advance(5 * MINUTE + 1);
    await preflight({ maxAge: '60m' });
    expect(told.asked).toBe(2);
  });

  it.each(['fail', 'skip'] as const)(
    'asks anew what answered %s: it may be mended, and is never a pass',
    async (word) => {
      const { preflight, told } = makeWorld(word);
      await preflight();
      told.outcome = 'pass';
      expect(await preflight({ maxAge: '60m' })).toMatchObject({ verdict: 'go' });
      expect(told.asked).toBe(2);
    },
  );

  it('asks anew what was not known', async () => {
    const { preflight, told } = makeWorld('pass', {
      judge: () => {
        throw new TypeError('broken');
      },
    });
    await preflight();
    expect(await preflight({ maxAge: '60m' })).toMatchObject({ verdict: 'hold' });
    expect(told.asked).toBe(2);
  });

  it('takes nothing from another commit or another configuration', async () => {
    const { preflight, told, wired } = makeWorld();
    await preflight();
    const git = { ...wired.services.git, branchTip: async () => 'c'.repeat(40) };
    await preflight({ maxAge: '60m' }, { ...wired, services: { ...wired.services, git } });
    await preflight({ maxAge: '60m' }, { ...wired, digest: 'd2' });
    expect(told.asked).toBe(3);
  });

  it('keeps the age of an answer that it took twice', async () => {
    const { preflight, told, time } = makeWorld();
    await preflight();
    for (let i = 0; i < 2; i += 1) {
      await time.advance(8 * MINUTE);
      await preflight({ maxAge: '10m' });
    }
    expect(told.asked).toBe(2);
  });

  it('needs a duration and a version', async () => {
    const { preflight, context, wired } = makeWorld();
    await expect(preflight({ maxAge: 'an hour' })).rejects.toMatchObject({ code: 'E_FLAG_VALUE' });
    await expect(runPreflight([], { maxAge: '60m' }, context, wired)).rejects.toMatchObject({
      code: 'E_FLAG_REFUSED',
    });
  });

  it('asks everything, and says so, when the ledger cannot be read', async () => {
    const { preflight, ledger } = makeWorld();
    const damaged = new ReleaseError('E_LEDGER_DAMAGED', {
      what: 'The chain is broken.',
      next: '…',
      state: 'unclear',
    });
    ledger.read = () => Promise.reject(damaged);
    const { verdict, warnings } = await preflight({ maxAge: '60m' });
    expect(verdict).toBe('go');
    expect(warnings).toEqual(['The ledger cannot be read, nothing is taken from it: The chain is broken.']);
  });
});

describe('preflight --waive --until', () => {
  const waive = { waive: ['app.health'], reason: 'known, #12' };

  it('stands for later runs until its day is over, and is visible in each', async () => {
    const { preflight, time } = makeWorld('fail', { judge: () => ({ outcome: 'fail', said: '2 high' }) });
    const first = await preflight({ ...waive, until: '2025-10-02' });
    expect(first).toMatchObject({ verdict: 'go' });
    expect(first.text).toContain('waived by Dana Ito until 2025-10-03 03:59 UTC: known, #12');
    await time.advance(24 * 60 * MINUTE);
    const later = await preflight();
    expect(later).toMatchObject({ verdict: 'go' });
    expect(later.text).toContain('waived by Dana Ito until');
    expect(later.result.waivers).toMatchObject([
      { check: 'app.health', by: 'Dana Ito', reason: 'known, #12' },
    ]);
    await time.advance(24 * 60 * MINUTE);
    expect(await preflight()).toMatchObject({ verdict: 'no-go' });
  });

  it('does not cover a different failure of the same check', async () => {
    const told = { said: '2 high' };
    const { preflight } = makeWorld('fail', { judge: () => ({ outcome: 'fail', said: told.said }) });
    await preflight({ ...waive, until: '2025-10-10' });
    expect(await preflight()).toMatchObject({ verdict: 'go' });
    told.said = '3 high';
    expect(await preflight()).toMatchObject({ verdict: 'no-go' });
  });

  it('without a date is for this run alone', async () => {
    const { preflight } = makeWorld('fail', { judge: () => ({ outcome: 'fail', said: '2 high' }) });
    expect(await preflight(waive)).toMatchObject({ verdict: 'go' });
    expect(await preflight()).toMatchObject({ verdict: 'no-go' });
  });

  it('is refused alone, and with a date that has passed', async () => {
    const { preflight } = makeWorld();
    await expect(preflight({ until: '2025-10-10' })).rejects.toMatchObject({ code: 'E_FLAG_REFUSED' });
    await expect(preflight({ ...waive, until: '2025-09-10' })).rejects.toMatchObject({ code: 'E_UNTIL' });
  });
});
