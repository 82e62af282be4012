import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestEvidence, findGo } from '../../../src/cli/preflight/evidence.ts';
import { prepareGate } from '../../../src/cli/preflight/prepare-gate.ts';
import { recordGate } from '../../../src/cli/preflight/record-gate.ts';
import type { Wired } from '../../../src/cli/wired.ts';
import { ReleaseError } from '../../../src/domain/failure.ts';
import type { Finding } from '../../../src/domain/finding.ts';
import { judgeFindings } from '../../../src/domain/verdict.ts';
import { finding } from '../../support/run-events.ts';
import { answering } from '../../support/test-wired.ts';
import { makeCliWorld } from '../cli-world.ts';

const LIMIT = 45 * 60_000;
const release = { version: 'v2.1.0', branch: 'release/v2.1.0', commit: 'b'.repeat(40) };
const NAMES = ['app.health', 'database.blocking'];
const checks = NAMES.map((id) => answering(id, 'pass'));

type Asked = readonly Finding[];

const answerOf = (findings: Asked) => ({
  findings,
  verdict: judgeFindings(findings),
  absent: [],
  wallMs: 1,
});

/** Gates and parts of them, a second apart, and what a deploy finds of them `laterMs` afterwards. */
async function lookBack(
  laterMs: number,
  asked: readonly Asked[],
  wanted: Partial<typeof release> = {},
  then: Partial<Wired> = {},
) {
  const { context, wired, time, ledger } = makeCliWorld({ command: 'preflight', checks });
  for (const findings of asked) {
    await time.advance(1000);
    const at = wired.clock.now().toISOString();
    const dated = findings.map((one) => ({ ...one, at }));
    await recordGate(answerOf(dated), context, wired, release, findings.length < 2 ? 'part' : 'whole');
  }
  await time.advance(laterMs);
  const events = await ledger.read(wired.scope);
  const gate = await prepareGate({}, context, { ...wired, ...then }, { ...release, ...wanted }, events);
  return findGo(gate.known, gate.choice, wired.clock.now());
}

const [health, blocking] = NAMES.map((id) => finding(id)) as [Finding, Finding];
const blocked: Finding = { ...blocking, outcome: 'fail' };
const good = [health, blocking];

describe('the evidence of earlier preflights', () => {
  it('E-03: counts up to its 45 minutes and not a millisecond longer', async () => {
    expect(await lookBack(LIMIT - 1, [good])).toMatchObject({ ageMs: LIMIT - 1 });
    expect(await lookBack(LIMIT, [good])).toMatchObject({ ageMs: LIMIT });
    expect(await lookBack(LIMIT + 1, [good])).toBeUndefined();
  });

  it('E-03: counts as long as the shortest-lived of its answers, at any age', async () => {
    const span = fc.integer({ min: 0, max: LIMIT });
    await fc.assert(
      fc.asyncProperty(span, span, span, async (ageMs, one, two) => {
        const lives = [
          { ...health, freshForMs: one },
          { ...blocking, freshForMs: two },
        ];
        expect((await lookBack(ageMs, [lives])) !== undefined).toBe(ageMs <= Math.min(one, two));
      }),
      { numRuns: 50 },
    );
  });

  it('is about one version, one commit and one configuration', async () => {
    expect(await lookBack(0, [good], { version: 'v2.1.1' })).toBeUndefined();
    expect(await lookBack(0, [good], { commit: 'c'.repeat(40) })).toBeUndefined();
    expect(await lookBack(0, [good], {}, { digest: 'd2' })).toBeUndefined();
    expect(await lookBack(0, [good])).toMatchObject({ ageMs: 0 });
  });

  it('E-03: is about the databases and accounts that were asked, and about no others', async () => {
    expect(await lookBack(0, [good], {}, { askedWith: () => 'm2' })).toBeUndefined();
    expect(await lookBack(0, [good], {}, { askedWith: () => 'm1' })).toMatchObject({ ageMs: 0 });
  });

  it('is the newest answer of each check: a part that was asked again mends a NO-GO, and breaks a GO', async () => {
    expect(await lookBack(0, [[health, blocked]])).toBeUndefined();
    expect(await lookBack(0, [[health, blocked], [blocking]])).toMatchObject({ ageMs: 1000 });
    expect(await lookBack(0, [good, [blocked]])).toBeUndefined();
  });

  it('is none while a check of the gate was never asked, or was left out by hand', async () => {
    expect(await lookBack(0, [[health]])).toBeUndefined();
    const left: Finding = { ...blocking, outcome: 'skip', byHand: true };
    expect(await lookBack(0, [[health, left]])).toBeUndefined();
    expect(await lookBack(0, [good, [health, left]])).toMatchObject({ ageMs: 1000 });
  });

  it('is none when the GO rests on a waiver', async () => {
    const waived = { check: 'database.blocking', by: 'Dana Ito', reason: 'known' };
    expect(judgeFindings([health, { ...blocked, waived }]).call).toBe('go');
    expect(await lookBack(0, [[health, { ...blocked, waived }]])).toBeUndefined();
  });

  it('is none when nobody would be asked', async () => {
    const { context, wired } = makeCliWorld({ command: 'preflight', checks: [] });
    const gate = await prepareGate({}, context, wired, release, []);
    expect(findGo(gate.known, gate.choice, wired.clock.now())).toBeUndefined();
  });

  it('is as old as nothing when two clocks disagree', async () => {
    expect(await lookBack(-5000, [good])).toMatchObject({ ageMs: 0 });
  });

  it('is none from a ledger that was written before findings were recorded', async () => {
    const { context, wired, ledger } = makeCliWorld({ command: 'preflight', checks });
    const digest = digestEvidence(wired, release.commit);
    const data = {
      gate: 'preflight',
      call: 'go' as const,
      counts: { pass: 2 },
      because: [],
      digest,
      version: 'v2.1.0',
    };
    await ledger.note(wired.scope, { id: 'old', run: 'preflight-1', type: 'gate.decided', data });
    const gate = await prepareGate({}, context, wired, release, await ledger.read(wired.scope));
    expect(findGo(gate.known, gate.choice, wired.clock.now())).toBeUndefined();
  });

  it('E-03: is none from a clock that was far ahead, however fresh it looks', async () => {
    expect(await lookBack(-14 * 60_000, [good])).toMatchObject({ ageMs: 0 });
    expect(await lookBack(-16 * 60_000, [good])).toBeUndefined();
    expect(await lookBack(-365 * 24 * 60 * 60_000, [good])).toBeUndefined();
  });

  it('has a digest that tells configuration, rules, what was asked and commit apart', () => {
    const word = fc.stringMatching(/^[a-f0-9]{0,6}$/);
    const four = fc.tuple(word, word, word, word);
    fc.assert(
      fc.property(four, four, (one, two) => {
        const [first, second] = [one, two].map(([digest, rules, mark, commit]) =>
          digestEvidence({ digest, rules, askedWith: () => mark }, commit),
        );
        expect(first === second).toBe(one.join(' ') === two.join(' '));
      }),
    );
  });
});

describe('the record of a gate', () => {
  it('holds call, counts, reasons and version', async () => {
    const { context, wired, entriesOf } = makeCliWorld({ command: 'preflight' });
    expect(await recordGate(answerOf([health, blocked]), context, wired, release)).toEqual([]);
    expect(entriesOf('gate.decided')).toMatchObject([
      {
        data: {
          gate: 'preflight',
          call: 'no-go',
          version: 'v2.1.0',
          because: ['database.blocking'],
          counts: { pass: 1, fail: 1, waived: 0 },
          findings: [
            { check: 'app.health', outcome: 'pass', at: health.at, digest: health.digest, freshForMs: LIMIT },
            { check: 'database.blocking', outcome: 'fail' },
          ],
        },
      },
    ]);
  });

  it('of a part says that it is no verdict', async () => {
    const { context, wired, entriesOf } = makeCliWorld({ command: 'preflight' });
    await recordGate(answerOf([health]), context, wired, release, 'part');
    expect(entriesOf('gate.decided')).toMatchObject([
      { data: { part: true, findings: [{ check: 'app.health' }] } },
    ]);
  });

  it('warns, and leaves the verdict alone, when the ledger cannot be written', async () => {
    const { context, wired, ledger } = makeCliWorld({ command: 'preflight' });
    const full = new ReleaseError('E_LEDGER_DISK', {
      what: 'The disk is full.',
      next: '…',
      state: 'unclear',
    });
    const broken = Object.assign(Object.create(ledger), { note: () => Promise.reject(full) });
    const answer = answerOf([health]);
    expect(await recordGate(answer, context, { ...wired, ledger: broken }, release)).toEqual([
      'The verdict is not in the ledger: The disk is full.',
    ]);
  });
});
