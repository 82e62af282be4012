import { describe, expect, it } from 'vitest';
import { askGate } from '../../../src/cli/deploy/ask-gate.ts';
import { runPreflight } from '../../../src/cli/preflight/run-preflight.ts';
import type { Check } from '../../../src/kit.ts';
import type { DeployFacts } from '../../../src/plans/plan-deploy.ts';
import { answering } from '../../support/test-wired.ts';
import { makeCliWorld } from '../cli-world.ts';

const MINUTE = 60_000;
const COMMIT = 'b'.repeat(40);
const facts = {
  version: 'v2.1.0',
  branchName: 'release/v2.1.0',
  branch: COMMIT,
  from: '',
} as unknown as DeployFacts;
const rehearsal = (change: Partial<Check> = {}): Check => ({
  ...answering('migrations.rehearsal', 'pass', 'rehearsed'),
  onRecord: true,
  freshForMs: 120 * MINUTE,
  ...change,
});
const health = answering('app.health', 'pass');

function makeWorld(checks: readonly Check[] = [health, rehearsal()]) {
  const asked: string[] = [];
  const heard = checks.map(
    (check): Check => ({
      ...check,
      probe: async (...all) => {
        asked.push(check.id);
        return check.probe(...all);
      },
    }),
  );
  const world = makeCliWorld({ checks: heard, branches: { 'release/v2.1.0': COMMIT } });
  const { context, wired } = world;
  return {
    ...world,
    asked,
    preflight: (options = {}) => runPreflight(['v2.1.0'], options, context, wired),
    gate: (options = {}) => askGate(facts, options, context, wired),
  };
}

describe('the gate of a deploy', () => {
  it('E-03: uses a fresh GO on this commit and configuration, and asks nothing', async () => {
    const { preflight, gate, time, asked } = makeWorld();
    await preflight();
    await time.advance(45 * MINUTE);
    expect(await gate()).toMatchObject({ call: 'go', said: 'preflight GO 45 min ago' });
    expect(asked).toEqual(['app.health', 'migrations.rehearsal']);
  });

  it('E-03: asks again what is stale, and takes what it must not ask from the record', async () => {
    const { preflight, gate, time, asked } = makeWorld();
    await preflight();
    await time.advance(46 * MINUTE);
    expect(await gate()).toMatchObject({ call: 'go', said: 'preflight GO just now, 2 checks' });
    expect(asked).toEqual(['app.health', 'migrations.rehearsal', 'app.health']);
  });

  it('refuses with 3 what it cannot renew, and names the command that does', async () => {
    const { preflight, gate, time, asked } = makeWorld();
    await preflight();
    await time.advance(121 * MINUTE);
    const answer = await gate();
    const command = 'release preflight v2.1.0 --env production --only migrations.rehearsal';
    expect(answer).toMatchObject({
      call: 'no',
      refusal: {
        exitCode: 3,
        verdict: 'hold',
        next: [command],
        result: { because: ['migrations.rehearsal'] },
      },
    });
    const { text } = answer.call === 'no' ? answer.refusal : { text: '' };
    expect(text).toContain('the answer on record is 2 h 1 min old and counts for 2 h');
    expect(text.replace(/\s+/g, ' ')).toContain(command);
    expect(asked.filter((id) => id === 'migrations.rehearsal')).toHaveLength(1);
  });

  it('goes once the named command has renewed it', async () => {
    const { preflight, gate, time } = makeWorld();
    expect(await gate()).toMatchObject({ call: 'no' });
    await time.advance(1000);
    await preflight({ only: ['migrations.rehearsal'] });
    await time.advance(1000);
    expect(await gate()).toMatchObject({ call: 'go' });
  });

  it('never takes its own refusal for an answer, and keeps a waiver of the missing record until its date', async () => {
    const { gate, time } = makeWorld();
    const waived = { waive: ['migrations.rehearsal'], reason: 'no time', until: '2025-10-02' };
    for (const [options, said] of [
      [{}, 'nothing is on record'],
      [{}, 'nothing is on record'],
      [waived, 'waived'],
      [{}, 'waived'],
    ] as const) {
      await time.advance(1000);
      expect(JSON.stringify(await gate(options))).toContain(said);
    }
    await time.advance(2 * 24 * 60 * MINUTE);
    expect(JSON.stringify(await gate())).toContain('nothing is on record');
  });

  it('refuses what was never on record, and what failed there', async () => {
    const never = makeWorld();
    expect(JSON.stringify(await never.gate())).toContain('nothing is on record');
    const failed = makeWorld([
      health,
      rehearsal({ judge: () => ({ outcome: 'fail', said: 'it rewrote a table' }) }),
    ]);
    await failed.preflight();
    expect(await failed.gate()).toMatchObject({ call: 'no', refusal: { verdict: 'no-go', exitCode: 3 } });
  });

  it('takes nothing from another commit', async () => {
    const { preflight, context, wired } = makeWorld();
    await preflight();
    const moved = { ...facts, branch: 'c'.repeat(40) };
    expect(await askGate(moved, {}, context, wired)).toMatchObject({ call: 'no' });
  });

  it('shows in its line what was waived, also by a waiver that stands', async () => {
    const failing = { ...health, judge: () => ({ outcome: 'fail' as const, said: '2 high' }) };
    const { preflight, gate } = makeWorld([failing, rehearsal()]);
    await preflight({ waive: ['app.health'], reason: '#12', until: '2025-10-10' });
    expect(await gate()).toMatchObject({
      call: 'go',
      said: 'preflight GO just now, 2 checks; waived: app.health',
    });
  });

  it('lets a person go without the record, by name and reason', async () => {
    const { gate, entriesOf } = makeWorld();
    const said = 'preflight GO just now, 2 checks; waived: migrations.rehearsal';
    expect(await gate({ waive: ['migrations.rehearsal'], reason: 'no time' })).toMatchObject({
      call: 'go',
      said,
    });
    expect(JSON.stringify(entriesOf('gate.decided'))).toContain('"reason":"no time"');
  });
});
