import { describe, expect, it } from 'vitest';
import { firings, play } from '../live-world.ts';

const well = () => ({});
const down = (s: number) => (s >= 20 ? new Error('nothing answers') : {});

const notes = (noted: { entriesOf(type: string): readonly { data: unknown }[] }): string[] =>
  noted.entriesOf('watch.noted').map(({ data }) => (data as { text: string }).text);

describe('the keys of a watch at a terminal', () => {
  it('q leaves: 130, what stays unwatched, how to go on, and the terminal as it was', async () => {
    const { result, tty, noted } = await play({ script: well, keys: { 130: 'q' } });
    expect([result.exitCode, result.next]).toEqual([130, ['release watch --env production']]);
    expect(result.text).toContain('Watching stopped at 2 of 120 min. v2.1.0 stays live and unwatched.');
    expect([tty.isRaw(), tty.drawn().endsWith('\u001b[?25h')]).toEqual([false, true]);
    expect(noted.entriesOf('watch.ended')).toEqual([]);
  });

  it('n notes what is typed by the way of release note, and takes it for nothing but text', async () => {
    const keys = { 5: 'n$(reboot); q\u001b[A', 20: '\r', 30: 'nnever sent\u001b', 40: 'q' };
    const { noted, tty } = await play({ script: well, keys });
    expect(notes(noted)).toEqual(['$(reboot); q']);
    expect(tty.drawn()).toContain('note: $(reboot); q_');
  });

  it('RBC-P0-2: what fires waits for the person, with what is known of the way back and no promise', async () => {
    const { result, lines, tty } = await play({ script: down, keys: { 200: 'q' } });
    expect(firings(lines)).toContain('P0 failed-probes@140');
    expect(tty.drawn()).toContain('ROLL BACK (P0)   failed-probes');
    expect(tty.drawn()).toContain('how long a rollback takes here is not known');
    expect(tty.drawn()).not.toMatch(/no data lost/i);
    // Left while it stands: the answer of the rule is what has to be seen.
    expect([result.exitCode, result.result.minutes]).toEqual([8, 3]);
  });

  it('ends at once all the same where --fail-on was said', async () => {
    const { result } = await play({ script: down, keys: { 500: 'q' }, order: { failOnIsTyped: true } });
    expect([result.exitCode, result.result.minutes]).toEqual([8, 2]);
  });

  it('w keeps watching with a reason that stands in the ledger', async () => {
    const { noted, tty } = await play({ script: down, keys: { 160: 'wthe vendor is on it\r', 180: 'q' } });
    expect(notes(noted)).toEqual([
      'keeps watching in spite of P0 failed-probes (RBC-P0-2): the vendor is on it',
    ]);
    const last = tty.drawn().slice(tty.drawn().lastIndexOf('\u001b[?25l'));
    expect(last).toContain('ROLL BACK (P0)');
    expect(last).not.toContain('keep watching (say why)');
  });

  it('r asks what a rollback asks; one that cannot begin leaves everything watched on', async () => {
    const { result, stderr, tty } = await play({ script: well, keys: { 10: 'r', 70: 'q' } });
    expect(stderr()).toContain('the rollback did not begin:');
    expect([result.exitCode, result.result.minutes, result.result.rollback]).toEqual([130, 1, null]);
    expect(tty.isRaw()).toBe(false);
  });

  it('a writes down the answer to a decision that is due; m and w say when there is nothing to do', async () => {
    const three = { title: 'Well?', roles: ['lead'], inputs: ['errors'], outcomes: ['SUCCESS', 'ROLLBACK'] };
    const runbook = { decisions: { 3: { ...three, anchor: 'T_open', afterMinutes: 1 } } };
    const keys = { 10: 'awm', 70: 'aSUCCESS, Dana\r', 80: 'a', 90: 'q' };
    const { noted, tty, stderr } = await play({ script: well, keys, runbook });
    expect(notes(noted)).toEqual(['decision 3: SUCCESS, Dana']);
    expect(tty.drawn()).toContain('DECISION 3   Well?');
    expect(stderr().split('no decision is due now')).toHaveLength(3);
    expect(stderr()).toContain('nothing calls for a rollback');
    expect(stderr()).toContain('nobody is told');
  });
});
