import { describe, expect, it } from 'vitest';
import type { CommandOptions, CommandResult } from '../../../src/cli/command.ts';
import { confirmRollback } from '../../../src/cli/rollback/confirm-rollback.ts';
import { type Played, play } from '../watch/live-world.ts';

/** A rollback to v2.1.0 that went through. */
const ended: CommandResult = {
  ...{ exitCode: 0, verdict: 'completed', version: 'v2.1.0', env: 'production', run: 'r-past-2' },
  result: { from: 'v2.2.0', verified: true, verifiedParts: ['version', 'smoke tests'], notVerified: [] },
  ...{ text: '  ✔ v2.1.0 is back on production.', next: ['release status --env production'], warnings: [] },
};

const past = [
  ['deploy', 'v2.1.0', 'v2.2.0'],
  ['rollback', 'v2.2.0', 'v2.1.0'],
] as const;

const confirm = (options: CommandOptions, over: Partial<Played> & { ended?: CommandResult } = {}) =>
  play({
    ...{ script: () => ({}), past, ...over },
    command: (context, wired, tty) => confirmRollback(over.ended ?? ended, options, context, wired, tty),
  });

const factsOf = ({ noted }: Awaited<ReturnType<typeof confirm>>) =>
  noted.entriesOf('fact').map((event) => ('name' in event.data ? event.data.name : ''));

const failing = (from: number) => (second: number) => (second >= from ? { status: 500 } : {});
const WATCH = 'release watch v2.1.0 --for 15m --env production';

describe('E-22: verified before users are let in, confirmed by real traffic afterwards', () => {
  it('RBX-6.5: is confirmed after fifteen good minutes, and the record of the rollback says so', async () => {
    const world = await confirm({ confirm: 'now' });
    expect(world.result).toMatchObject({ exitCode: 0, result: { verified: true, watch: { minutes: 15 } } });
    expect(world.result.text).toMatch(
      /v2\.1\.0 is back[\s\S]*✔ VERIFIED[\s\S]*✔ CONFIRMED {3}15 min of real/,
    );
    expect(world.noted.entriesOf('fact')).toMatchObject([
      { run: 'r-past-2', data: { name: 'confirmation', value: { outcome: 'confirmed' } } },
    ]);
    expect(world.result.next).toEqual(['release status --env production']);
  });

  it('RBV-2: is not confirmed while more than one request in a hundred fails', async () => {
    const some = (share: number) => ({
      script: (_: number, __: string, nth: number) => (nth % share === 0 ? { status: 500 } : {}),
    });
    const { result } = await confirm({ confirm: 'now' }, some(70));
    expect(result).toMatchObject({ exitCode: 3, result: { confirmation: { outcome: 'unconfirmed' } } });
    const few = await confirm({ confirm: 'now' }, some(400));
    expect(few.result).toMatchObject({ exitCode: 0, result: { confirmation: { outcome: 'confirmed' } } });
  });

  it('RBX-6.5: calls a person (7) when a rule calls for a rollback of this version, too', async () => {
    const world = await confirm({ confirm: 'now' }, { script: failing(60) });
    expect(world.result).toMatchObject({ exitCode: 7, result: { confirmation: { outcome: 'refuted' } } });
    expect(world.result.text).toContain('✖ NOT CONFIRMED');
    expect(factsOf(world)).toEqual(['confirmation']);
  });

  it('RBX-6.5: ends with 3 when too little was measured to say', async () => {
    const lag = { source: 'sql', everySeconds: 15, metric: 'job-lag-seconds', sql: 'select 1' };
    const bands = [{ level: 'P1', row: 'RBC-P1-4', from: 60, dwellMinutes: 0 }];
    const { result } = await confirm(
      { confirm: 'now' },
      {
        runbook: {
          measurements: { probes: { source: 'probe', everySeconds: 1 }, lag },
          rules: { lag: { title: 'Lag', metric: 'job-lag-seconds', unit: 'number', bands } },
        },
        services: { postgres: { readNumber: () => Promise.reject(new Error('no answer')) } },
      },
    );
    expect(result).toMatchObject({ exitCode: 3, result: { confirmation: { outcome: 'unconfirmed' } } });
    expect(result.text).toContain('▲ NOT CONFIRMED   not enough was measured to say; not known: lag');
  });

  it('a watch without a rule confirms nothing', async () => {
    const { result } = await confirm({ confirm: 'now' }, { script: failing(0), runbook: { rules: {} } });
    expect(result.text).toContain('NOT CONFIRMED YET   no rule says what is good');
    const order = { forMs: 900_000 };
    const alone = await play({ script: failing(0), past, order, runbook: { rules: {} } });
    expect(alone.result.result.confirmation).toMatchObject({ outcome: 'unconfirmed' });
  });

  it('RBX-6.5: Ctrl-C leaves the watch, not the rollback, and says how it is gone on with', async () => {
    const world = await confirm({ confirm: 'now' }, { stopsAt: 300 });
    expect(world.result.exitCode).toBe(130);
    expect(world.result.text).toMatch(/NOT CONFIRMED YET {3}watched for 5 min( \d s)? of 15 min/);
    expect(world.result.next[0]).toBe(WATCH);
    expect(factsOf(world)).toEqual([]);
    expect(world.stderr()).toContain('real traffic is watched for 15 min');
  });

  it('RBX-6.5: the watch that goes on with it confirms it as well', async () => {
    const first = await confirm({ confirm: 'now' }, { stopsAt: 300 });
    const order = { forMs: 900_000 };
    const again = await play({ script: () => ({}), past, folder: first.folder, beginsAt: 600, order });
    expect(again.result.result.confirmation).toMatchObject({ outcome: 'confirmed' });
    expect(factsOf(again)).toEqual(['confirmation']);
  });

  it('a script is not kept: it ends with 0, says that nobody has watched, and which line does', async () => {
    const { result, stderr } = await confirm({});
    expect(result).toMatchObject({
      exitCode: 0,
      result: { verified: true, confirmation: { outcome: 'left' } },
    });
    expect(result.text).toContain('NOT CONFIRMED YET   nobody has watched real traffic');
    expect(result.next[0]).toBe(WATCH);
    expect(stderr()).not.toContain('watched for 15 min');
  });

  it('a person at a terminal stays without saying so, and may leave it for later', async () => {
    const stays = await confirm({}, { keys: {} });
    expect(stays.result.result.confirmation).toMatchObject({ outcome: 'confirmed' });
    const leaves = await confirm({ confirm: 'later' }, { keys: {} });
    expect(leaves.result.result.confirmation).toMatchObject({ outcome: 'left' });
  });

  it('says that nothing is measured where nothing is, and keeps nobody', async () => {
    const { result } = await confirm({ confirm: 'now' }, { runbook: { measurements: {}, rules: {} } });
    expect(result.text).toContain('NOT CONFIRMED YET   nothing is configured to be measured');
    expect(result).toMatchObject({ exitCode: 0, next: ['release status --env production'] });
  });

  it('RBX-5.2, RBV-5: names what is not verified, and for the same reason once', async () => {
    const why = 'left alone and not asked (--db none)';
    const bare = {
      ...ended,
      result: {
        verified: false,
        verifiedParts: ['version'],
        notVerified: [
          { what: 'smoke tests', why: 'none are configured' },
          { what: 'database', why },
          { what: 'data', why },
        ],
      },
    };
    const { result } = await confirm({}, { ended: bare });
    expect(result.result.verified).toBe(false);
    expect(result.text).toContain(
      [
        '  ✔ VERIFIED   version',
        '  ▲ NOT VERIFIED   smoke tests: none are configured',
        `  ▲ NOT VERIFIED   database, data: ${why}`,
      ].join('\n'),
    );
  });

  it('leaves a rollback that did not go through as it is', async () => {
    const failed: CommandResult = { ...ended, exitCode: 7, verdict: 'unsafe' };
    const { result } = await confirm({ confirm: 'now' }, { ended: failed });
    expect(result).toBe(failed);
  });

  it('a watch of a release that nobody rolled back to confirms nothing', async () => {
    const deploys = [['deploy', 'v2.0.3', 'v2.1.0']] as const;
    const world = await play({ script: () => ({}), past: deploys, order: { forMs: 900_000 } });
    expect(world.result.result.confirmation).toBeNull();
    expect(factsOf(world)).toEqual([]);
  });
});
