import { describe, expect, it } from 'vitest';
import { runApprove } from '../../../src/cli/approve/run-approve.ts';
import type { CommandOptions } from '../../../src/cli/command.ts';
import type { ShellPort } from '../../../src/services/shell/port.ts';
import { makeCliWorld } from '../cli-world.ts';
import { openThread } from './told-world.ts';

const well = () => ({});
const slow = (s: number) => ({ ms: s >= 1450 && s < 3000 ? 150 : 20 });
const ASKED = /Decision needed/;
/** Some minutes before decision 3, and enough of them to have measured: what was before is no part of the story. */
const LATE = 1400;

type Thread = Awaited<ReturnType<typeof openThread>>;

const PEOPLE = {
  dana: { name: 'Dana Ito', email: 'dana@example.com', roles: ['deployment-lead'] },
  ed: { name: 'Ed Moe', email: 'ed@example.com', roles: ['engineering-lead'] },
};

/** From another machine, while the watch goes on; its git says whose it is. */
async function decide(
  { ledger, clockAt }: Thread,
  who: string,
  options: CommandOptions,
  second = 1805,
  decisions: object = { 3: point },
) {
  const { context, wired } = makeCliWorld({
    command: 'approve',
    flags: { yes: true },
    terminal: { canAsk: true },
  });
  const git = async () => ({ code: 0, out: `${who}@example.com`, err: '', tookMs: 0, timedOut: false });
  const decided = {
    ...wired,
    ledger,
    clock: clockAt(second),
    services: { ...wired.services, shell: { program: git } as unknown as ShellPort },
    runbook: { ...wired.runbook, people: PEOPLE, decisions } as unknown as typeof wired.runbook,
  };
  let nth = second;
  const random = () => {
    nth += 1;
    return nth / 10_000;
  };
  return runApprove([], options, { ...context, random }, decided);
}

const OURS = { people: PEOPLE };

const point = {
  ...{ title: 'Well?', roles: ['deployment-lead', 'engineering-lead'], inputs: ['errors'] },
  ...{ outcomes: ['SUCCESS', 'ROLLBACK'], anchor: 'T_open', afterMinutes: 30 },
};

describe('points of decision of a watch', () => {
  it('DP-3a, DP-3b: people are asked once, in the thread: what was measured, the choices, and the lines to type', async () => {
    const thread = await openThread();
    await thread.watch({ script: slow, beginsAt: LATE, order: { forMs: 450_000 } });
    const [text, ...more] = thread.texts(ASKED);
    expect(more).toEqual([]);
    expect(thread.slack.messages.at(-1)?.thread).toBe('1.0');
    expect(text).toContain('Decision point 3: Did the critical minutes go well?');
    expect(text).toContain('As measured: HOLD: not SUCCESS as it stands: above a limit: endpoint-p95.');
    expect(text).toContain('Answer: by 11:00 EDT');
    expect(text).toContain('• Deployment Lead: Dana Ito\n• Engineering Lead: nobody is named for it');
    expect(text).toContain('• error rate: 0 % (limit 0.5 %), ok');
    expect(text).toContain('SUCCESS: release approve v2.1.0 --point 3 --env production');
    expect(text).toContain('ROLLBACK: release rollback --to v2.0.3 --env production');
    expect(text).toContain('Without an answer: it is watched on');
    expect(text).not.toContain('Late');
  });

  it('DP-4a, DP-4c: the last one is asked at the end, before anybody is told that the release is complete', async () => {
    const thread = await openThread();
    const { result } = await thread.watch({ script: well, beginsAt: LATE, order: { everySeconds: 4 } });
    expect([result.exitCode, result.result.unrecorded]).toEqual([0, []]);
    const [third, fourth] = thread.texts(ASKED);
    expect(third).toContain('As measured: nothing measured speaks against SUCCESS.');
    expect(fourth).toContain('INVESTIGATE: release approve v2.1.0 --point 4 --env production --no-go');
    expect(fourth).toContain('Nothing has fired in this watch');
    expect(thread.events('watch.told').map(({ data }) => (data as { point?: string }).point ?? '')).toEqual(
      expect.arrayContaining(['3', '4']),
    );
  });

  it('DP-4a: the last one is asked and said also where the ledger is slow at that moment', async () => {
    const thread = await openThread();
    const { stderr } = await thread.watch({
      ...{ script: well, keys: {}, beginsAt: 7000, readsSlowlyFrom: 7100 },
    });
    expect(thread.texts(ASKED)).toHaveLength(2);
    expect(stderr()).toContain('DECISION 4   Is the release complete?');
    expect(stderr()).toContain('deployment-lead, engineering-lead: RELEASE COMPLETE or INVESTIGATE');
  });

  it('DP-3c: a question that comes late says how it stands now, and how it stood at its moment', async () => {
    const thread = await openThread();
    const script = (s: number, _: string, nth: number) => {
      if (s >= 1790 && s < 2300) thread.slack.failNext('releases', 'refused');
      return s >= 1950 && nth % 3 === 0 ? { status: 500 } : {};
    };
    await thread.watch({ script, keys: {}, beginsAt: LATE, order: { forMs: 1_000_000 } });
    const [text] = thread.texts(ASKED);
    expect(text).toMatch(/As measured: now P0 calls for ROLLBACK: above a limit: error rate/);
    expect(text).toContain('; at the moment of the decision nothing measured spoke against SUCCESS.');
  });

  it('DP-3c: one whose moment was bad says so also when it is over', async () => {
    const thread = await openThread();
    const script = (s: number) => {
      if (s >= 1790 && s < 2500) thread.slack.failNext('releases', 'refused');
      return slow(s < 2000 ? s : 4000);
    };
    await thread.watch({ script, beginsAt: LATE, order: { forMs: 1_300_000 } });
    expect(thread.texts(ASKED)[0]).toContain(
      'As measured: at the moment of the decision HOLD, or nobody knows how it stood; now nothing measured speaks against SUCCESS.',
    );
  });

  it('DP-3c: a watch that goes on does not ask anew, and says what nobody knows', async () => {
    const thread = await openThread();
    const first = await thread.watch({ script: well, beginsAt: LATE, stopsAt: 1900 });
    await thread.watch({ script: well, folder: first.folder, beginsAt: 2000, order: { forMs: 150_000 } });
    expect(thread.texts(ASKED)).toHaveLength(1);
  });

  it('DP-3b: one that came while nobody watched is asked late, and not for good', async () => {
    const thread = await openThread();
    const first = await thread.watch({ script: well, stopsAt: 100 });
    await thread.watch({ script: well, folder: first.folder, beginsAt: 2400, order: { forMs: 150_000 } });
    const [text] = thread.texts(ASKED);
    expect(text).toContain(
      'As measured: at the moment of the decision HOLD, or nobody knows how it stood; now nothing',
    );
    expect(text).toMatch(/Late: this question comes 11 min( \d+ s)? late/);
    expect(text).toContain('Answer: at once; it was due by 11:00 EDT');
    // A minute was measured before anybody is asked.
    expect(text).toContain('failed-probes: 0 (limit 1), ok');
  });

  it('of two people who watch at once one asks', async () => {
    const thread = await openThread();
    const both = { script: well, order: { forMs: 500_000 } };
    // The second one begins a minute later, so that it has a name of its own.
    await Promise.all([LATE, LATE + 60].map((beginsAt) => thread.watch({ ...both, beginsAt })));
    expect(thread.texts(ASKED)).toHaveLength(1);
    expect(thread.events('watch.asking')).toHaveLength(1);
  });

  it('is asked by another one when whoever took it upon them has not for five minutes', async () => {
    const thread = await openThread();
    const data = { version: 'v2.1.0', point: '3' as const };
    thread.at(1700);
    await thread.ledger.note('rur2/production', { id: 'x', run: 'w-gone', type: 'watch.asking', data });
    await thread.watch({ script: well, beginsAt: LATE, order: { forMs: 550_000 } });
    expect(thread.texts(ASKED)).toHaveLength(0);
    const later = await openThread();
    later.at(1500);
    await later.ledger.note('rur2/production', { id: 'x', run: 'w-gone', type: 'watch.asking', data });
    await later.watch({ script: well, beginsAt: LATE, order: { forMs: 550_000 } });
    expect(later.texts(ASKED)).toHaveLength(1);
  });

  it('is asked again after Slack was away, and once only where its answer was lost', async () => {
    const thread = await openThread();
    const script = (s: number) => {
      if (s >= 1750 && s < 1900) thread.slack.failNext('releases', 'lost');
      return {};
    };
    const { stderr } = await thread.watch({ script, beginsAt: LATE, order: { forMs: 700_000 } });
    expect(stderr()).toContain('nobody was asked to decide: Slack #releases was not reached');
    expect(thread.texts(ASKED)).toHaveLength(1);
  });

  it('DP-3a, DP-3c: no block stays once all have signed, and a key of the watch says how that is done', async () => {
    const thread = await openThread();
    const first = await thread.watch({
      ...{ script: well, beginsAt: LATE, runbook: OURS, keys: { 1830: 'd', 1900: 'q' } },
    });
    expect(first.tty.drawn()).toContain('DECISION 3');
    expect(first.stderr()).toContain(
      'by deployment-lead, engineering-lead:  release approve v2.1.0 --point 3',
    );
    thread.at(1905);
    await decide(thread, 'dana', { point: '3' }, 1905);
    const half = await thread.watch({
      script: well,
      folder: first.folder,
      beginsAt: 1950,
      runbook: OURS,
      keys: { 2050: 'q' },
    });
    expect(half.tty.drawn()).toContain('DECISION 3');
    thread.at(2055);
    const { result } = await decide(thread, 'ed', { point: '3' }, 2055);
    expect(result).toMatchObject({ complete: true, decision: 'SUCCESS' });
    const second = await thread.watch({
      ...{ script: well, folder: half.folder, beginsAt: 2100, runbook: OURS, keys: { 2200: 'd', 2300: 'q' } },
    });
    expect(second.tty.drawn()).not.toContain('DECISION 3');
    expect(second.stderr()).toContain('no decision is due now');
  });

  it('DP-3c: nobody is asked what somebody has said no to before', async () => {
    const thread = await openThread();
    thread.at(1805);
    const { next } = await decide(thread, 'ed', { point: '3', go: false, comment: 'too many errors' });
    expect(next).toEqual(['release rollback --to previous --env production']);
    const { tty } = await thread.watch({ script: well, beginsAt: 1810, runbook: OURS, keys: { 2000: 'q' } });
    expect(tty.drawn()).not.toContain('DECISION 3');
    expect(thread.texts(ASKED)).toEqual([]);
  });

  it('DP-3c: no decision is taken before its moment, unless whoever asks it has asked already', async () => {
    const thread = await openThread();
    await expect(decide(thread, 'ed', { point: '3' }, 1799)).rejects.toMatchObject({
      text: { what: expect.stringContaining('Decision 3 comes at 10:55 EDT: it cannot be taken yet') },
    });
    expect(thread.events('approval.recorded')).toEqual([]);
    const data = { version: 'v2.1.0', point: '3' as const };
    await thread.ledger.note('rur2/production', { id: 'x', run: 'w-fast', type: 'watch.asking', data });
    thread.at(60);
    expect((await decide(thread, 'ed', { point: '3' }, 60)).text).toContain(
      'RECORDED SUCCESS engineering-lead',
    );
  });
});
