import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestEvidence, findEvidence } from '../../../src/cli/preflight/evidence.ts';
import { recordGate } from '../../../src/cli/preflight/record-gate.ts';
import { ReleaseError } from '../../../src/domain/failure.ts';
import type { Finding } from '../../../src/domain/finding.ts';
import { judgeFindings } from '../../../src/domain/verdict.ts';
import { finding } from '../../support/run-events.ts';
import { makeCliWorld } from '../cli-world.ts';

const LIMIT = 45 * 60_000;
const release = { version: 'v2.1.0', branch: 'release/v2.1.0', commit: 'b'.repeat(40) };
const bad = finding('database.blocking', { outcome: 'fail' });
const waived = { check: 'database.blocking', by: 'Dana Ito', reason: 'known' };

const answerOf = (findings: readonly Finding[]) => ({
  findings,
  verdict: judgeFindings(findings),
  absent: [],
  needsCredentials: false,
  wallMs: 1,
});

/** A preflight that ended, and what a deploy finds of it `laterMs` afterwards. */
async function lookBack(
  laterMs: number,
  wanted: Partial<typeof release> = {},
  findings: readonly Finding[][] = [[finding('app.health')]],
  digest = 'd1',
) {
  const { context, wired, time, ledger } = makeCliWorld({ command: 'preflight' });
  for (const one of findings) {
    await time.advance(1);
    await recordGate(answerOf(one), context, wired, release);
  }
  await time.advance(laterMs);
  return findEvidence(await ledger.read(wired.scope), { ...wired, digest }, { ...release, ...wanted });
}

describe('the evidence of an earlier preflight', () => {
  it('E-03: counts up to its 45 minutes and not a millisecond longer', async () => {
    expect(await lookBack(LIMIT - 1)).toEqual({ call: 'go', ageMs: LIMIT - 1 });
    expect(await lookBack(LIMIT)).toEqual({ call: 'go', ageMs: LIMIT });
    expect(await lookBack(LIMIT + 1)).toBeUndefined();
  });

  it('E-03: counts exactly as long as the limit says, at any age', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 2 * LIMIT }), async (ageMs) => {
        expect((await lookBack(ageMs)) !== undefined).toBe(ageMs <= LIMIT);
      }),
      { numRuns: 50 },
    );
  });

  it('is about one version, one commit and one configuration', async () => {
    expect(await lookBack(0, { version: 'v2.1.1' })).toBeUndefined();
    expect(await lookBack(0, { commit: 'c'.repeat(40) })).toBeUndefined();
    expect(await lookBack(0, {}, [[finding('app.health')]], 'd2')).toBeUndefined();
    expect(await lookBack(0)).toMatchObject({ call: 'go' });
  });

  it('is the newest one: a NO-GO after a GO is a NO-GO, and the other way round', async () => {
    const [good, no] = [[finding('app.health')], [bad]];
    expect(await lookBack(0, {}, [good, no])).toMatchObject({ call: 'no-go' });
    expect(await lookBack(0, {}, [no, good])).toMatchObject({ call: 'go' });
  });

  it('is none when the GO rests on a waiver, which is for one run', async () => {
    expect(judgeFindings([{ ...bad, waived }]).call).toBe('go');
    expect(await lookBack(0, {}, [[{ ...bad, waived }]])).toBeUndefined();
  });

  it('is as old as nothing when two clocks disagree', async () => {
    const { context, wired, time, ledger } = makeCliWorld();
    await time.advance(1000);
    await recordGate(answerOf([finding('app.health')]), context, wired, release);
    const slow = { ...wired, clock: { ...wired.clock, now: () => new Date('2025-10-01T14:00:00Z') } };
    expect(findEvidence(await ledger.read(wired.scope), slow, release)).toEqual({ call: 'go', ageMs: 0 });
  });

  it('has a digest that tells every pair of configuration and commit apart', () => {
    const word = fc.stringMatching(/^[a-f0-9]{0,6}$/);
    fc.assert(
      fc.property(word, word, word, word, (d1, c1, d2, c2) => {
        const isSame = digestEvidence({ digest: d1 }, c1) === digestEvidence({ digest: d2 }, c2);
        expect(isSame).toBe(d1 === d2 && c1 === c2);
      }),
    );
  });
});

describe('the record of a gate', () => {
  it('holds call, counts, reasons and version', async () => {
    const { context, wired, entriesOf } = makeCliWorld({ command: 'preflight' });
    expect(await recordGate(answerOf([finding('app.health'), bad]), context, wired, release)).toEqual([]);
    expect(entriesOf('gate.decided')).toMatchObject([
      {
        data: {
          gate: 'preflight',
          call: 'no-go',
          version: 'v2.1.0',
          because: ['database.blocking'],
          counts: { pass: 1, fail: 1, waived: 0 },
        },
      },
    ]);
  });

  it('names no version when none was given, and then is no evidence for any', async () => {
    const { context, wired, ledger } = makeCliWorld({ command: 'preflight' });
    await recordGate(answerOf([finding('app.health')]), context, wired, undefined);
    expect(findEvidence(await ledger.read(wired.scope), wired, release)).toBeUndefined();
  });

  it('warns, and leaves the verdict alone, when the ledger cannot be written', async () => {
    const { context, wired, ledger } = makeCliWorld({ command: 'preflight' });
    const full = new ReleaseError('E_LEDGER_DISK', {
      what: 'The disk is full.',
      next: '…',
      state: 'unclear',
    });
    const broken = Object.assign(Object.create(ledger), { note: () => Promise.reject(full) });
    const answer = answerOf([finding('app.health')]);
    expect(await recordGate(answer, context, { ...wired, ledger: broken }, release)).toEqual([
      'The verdict is not in the ledger: The disk is full.',
    ]);
  });
});
