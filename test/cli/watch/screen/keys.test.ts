import { describe, expect, it } from 'vitest';
import { firings, play } from '../live-world.ts';

const well = () => ({});
const down = (s: number) => (s >= 20 ? new Error('nothing answers') : {});

/** Nothing but the rule of an outage. */
const outage = {
  runbook: {
    rules: {
      'failed-probes': {
        ...{ title: 'Outage', unit: 'number', since: 'live' },
        bands: [{ level: 'P0', row: 'RBC-P0-2', from: 1, dwellMinutes: 2 }],
      },
    },
  },
};

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

  it('RBC-P0-2: a acknowledges: the record says who, the bell is quiet, and the block stays until it is answered', async () => {
    const { noted, tty } = await play({ script: down, keys: { 290: 'a', 470: 'q' }, ...outage });
    expect(notes(noted)).toEqual(['acknowledged P0 failed-probes (RBC-P0-2)']);
    const last = tty.drawn().slice(tty.drawn().lastIndexOf('\u001b[?25l'));
    expect(last).toMatch(/──── ROLL BACK \(P0\) {3}failed-probes/);
    expect(last).toMatch(/acknowledged by Dana Ito at 10:29:\d\d/);
    // At 140 it fires, and rings once a minute until 290.
    expect(tty.drawn().split('\u0007')).toHaveLength(4);
  });

  it('RBC-P0-2: what calls anew after it was acknowledged rings and shouts anew', async () => {
    const again = (s: number) => ((s >= 20 && s < 200) || s >= 300 ? new Error('nothing answers') : {});
    const { tty } = await play({ script: again, keys: { 160: 'a', 440: 'q' }, ...outage });
    const last = tty.drawn().slice(tty.drawn().lastIndexOf('\u001b[?25l'));
    expect(last).toContain('████ ROLL BACK (P0)');
    expect(last).not.toContain('acknowledged by');
    expect(tty.drawn().split('\u0007')).toHaveLength(3);
  });

  it('Ctrl-Z where no shell can stop it gives screen and keys back, as often as it is pressed', async () => {
    const keys = { 5: '\u001a', 10: '\u001a', 15: '\u001a', 20: 'nstill here\r', 40: 'q' };
    const { noted, result, tty } = await play({ script: well, keys });
    expect([notes(noted), result.exitCode]).toEqual([['still here'], 130]);
    expect([tty.isRaw(), process.listenerCount('SIGCONT')]).toEqual([false, 0]);
  });

  it('r asks what a rollback asks; one that cannot begin leaves everything watched on', async () => {
    const { result, stderr, tty } = await play({ script: well, keys: { 10: 'r', 70: 'q' } });
    expect(stderr()).toContain('the rollback did not begin:');
    expect([result.exitCode, result.result.minutes, result.result.rollback]).toEqual([130, 1, null]);
    expect(tty.isRaw()).toBe(false);
  });

  it('DP-3c: d says how the decision that is due is given; a, m and w say when there is nothing to do', async () => {
    const three = { title: 'Well?', roles: ['lead'], inputs: ['errors'], outcomes: ['SUCCESS', 'ROLLBACK'] };
    const runbook = { decisions: { 3: { ...three, anchor: 'T_open', afterMinutes: 1 } } };
    const keys = { 10: 'dawm', 65: 'd', 90: 'q' };
    const { noted, tty, stderr } = await play({ script: well, keys, runbook });
    expect(notes(noted)).toEqual([]);
    expect(stderr()).toContain(
      'decision 3, SUCCESS or ROLLBACK, by lead:  release approve v2.1.0 --point 3 --env production',
    );
    expect(tty.drawn()).toContain('DECISION 3   Well?');
    expect(stderr().split('no decision is due now')).toHaveLength(2);
    expect(stderr()).toContain('nothing calls that was not acknowledged');
    expect(stderr()).toContain('nothing calls for a rollback');
    expect(stderr()).toContain('nobody is told');
  });
});
