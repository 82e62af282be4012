import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sayUnsent } from '../../../src/cli/runs/say-unsent.ts';
import { minutes } from '../../../src/domain/duration.ts';
import { foldRuns } from '../../../src/ledger/fold.ts';
import { makeDeployPlan, makeRollbackPlan } from '../../support/announcing.ts';
import { openThreadWorld, type ThreadWorld, titleOf } from '../../support/thread/open-thread-world.ts';

let world: ThreadWorld;
afterEach(() => world.close());

const AWAY = minutes(10);
const WAYS = (['broken', 'busy', 'silent'] as const).flatMap((how) =>
  (['bot', 'webhook'] as const).map((transport) => ({ how, transport })),
);

const deploy = () => world.run(makeDeployPlan(world.runbook, { pending: ['0043_exports'] }), 'r-7f3a');
const rollBack = () =>
  world.run(
    makeRollbackPlan(world.runbook, { kind: 'none' } as never, { from: 'v2.1.0', to: 'v2.0.3' as never }),
    'r-back',
    'rollback',
  );

/** What a channel has by now, oldest first, each by its first line. */
const told = (channel = 'releases'): string[] =>
  world.server
    .messages()
    .filter((one) => one.channel === channel)
    .map((one) => `${one.thread === undefined ? '' : '↳ '}${titleOf(one)}`);
const texts = (): string[] => world.server.messages().map(({ text }) => text);

/** When an entry of the release was begun, or had ended: ms since 1970. */
async function timeOf(step: string, type: 'step.intent' | 'step.done'): Promise<number> {
  const found = (await world.events()).find((one) => one.step === step && one.type === type);
  return Date.parse(found?.at ?? '');
}

/** When the first step of the rollback was begun that does not tell people. */
async function backBegan(): Promise<number> {
  const own = (await world.events()).filter(({ run, type }) => run === 'r-back' && type === 'step.intent');
  return Date.parse(own.find(({ step }) => step !== 'announce')?.at ?? '');
}

/** From the moment at which users are kept out to the moment at which the door is opened. */
const keptOut = async (): Promise<number> =>
  (await timeOf('maintenance-off', 'step.intent')) - (await timeOf('maintenance-on', 'step.done'));

/** What the end of a run says of its messages. */
async function saidOfMessages(): Promise<string> {
  const events = await world.events();
  const run = foldRuns(events).at(-1);
  return run === undefined ? '' : sayUnsent(events, run, 'production').join('\n');
}

/** How long they are kept out while Slack is there. */
let usual: number;
beforeAll(async () => {
  world = await openThreadWorld();
  await deploy();
  usual = await keptOut();
  await world.close();
});

const LATE = 'release-start (#releases, #engineering), release-progress (#releases)';

describe('a release while Slack is away for ten minutes', () => {
  it.each(WAYS)(
    'F78, E-65: goes through all the same, and each text is kept ($how, $transport)',
    async ({ how, transport }) => {
      world = await openThreadWorld({ transport });
      world.away(how, AWAY);
      expect((await deploy()).verdict).toBe('completed');
      expect(await keptOut()).toBe(usual);
      expect(texts()).toEqual([]);
      expect(await saidOfMessages()).toBe(
        `Not sent and kept: ${LATE}. Sent by: release notify --resend --env production`,
      );
      expect(world.stderr()).not.toMatch(/(was not reached.*){2}/);

      await world.passTo(AWAY);
      expect(await world.resend()).toMatchObject({ exitCode: 0, warnings: [], result: { missed: [] } });
      expect(told('engineering')).toEqual(['🟢 Release v2.1.0: deployed, not watched yet']);
      expect(told()).toEqual([
        '🟢 Release v2.1.0: deployed, not watched yet',
        expect.stringMatching(
          transport === 'bot' ? /^↳ ⏱️ Release v2\.1\.0: progress/ : /^v2\.1\.0 · T\+\d min$/,
        ),
      ]);
      for (const text of texts()) {
        expect(text).toMatch(/Sent late(: written|, in place of the message of) 10:0\d EDT/);
        expect(text).not.toMatch(/starting|Please|Gone past/);
      }
      expect(texts().join('\n')).toContain('Window: 10:00–10:10 EDT');
      const before = texts().length;
      expect((await world.resend()).text).toContain('Nothing is kept');
      expect(texts()).toHaveLength(before);
    },
  );

  it.each(['broken', 'silent'] as const)(
    'COM-02a: a head that it left behind is brought up to date (%s)',
    async (how) => {
      world = await openThreadWorld({ during: { 'maintenance-on': () => world.away(how, AWAY) } });
      expect((await deploy()).verdict).toBe('completed');
      expect(told()).toEqual([expect.stringMatching(/starting|keeping what is live safe/)]);
      expect(world.stderr()).toContain('Brought up to date by: release notify --resend --env production');
      await world.passTo(AWAY + minutes(6));
      expect(await world.resend()).toMatchObject({ exitCode: 0, warnings: [] });
      expect(told()).toEqual([
        '🟢 Release v2.1.0: deployed, not watched yet',
        expect.stringMatching(/^↳ ⏱️ Release v2\.1\.0: progress/),
      ]);
      expect(texts()[0]).not.toContain('Sent late');
    },
  );

  it('COM-01b: a start that comes after what followed it says so, and how it stands', async () => {
    world = await openThreadWorld();
    world.away('broken', minutes(3));
    expect((await deploy()).verdict).toBe('completed');
    expect(told()).toEqual([expect.stringMatching(/Decision needed/), expect.stringMatching(/progress/)]);
    await world.resend();
    expect(told().at(-1)).toBe('🟢 Release v2.1.0: deployed, not watched yet');
    expect(texts().filter((text) => /Sent late/.test(text))).toHaveLength(2);
  });

  it.each(WAYS)(
    'F78: its rollback waits for nobody, and tells how it stands once Slack is back ($how, $transport)',
    async ({ how, transport }) => {
      world = await openThreadWorld({ transport });
      await deploy();
      const before = world.clock.monotonic();
      const began = world.clock.now().getTime();
      world.away(how, AWAY);
      expect((await rollBack()).verdict).toBe('completed');
      expect(await backBegan()).toBe(began);
      expect(told('incidents')).toEqual([]);
      expect(await saidOfMessages()).toMatch(
        /rollback-start \(#incidents, .*rollback-complete \(#incidents, /,
      );
      await world.passTo(before + AWAY);
      expect(await world.resend()).toMatchObject({ exitCode: 0, warnings: [], result: { missed: [] } });
      const isBot = transport === 'bot';
      expect(told('incidents')).toEqual([
        expect.stringMatching(/Rollback to v2\.0\.3: over/),
        expect.stringMatching(isBot ? /^↳ .*Rollback to v2\.0\.3: progress/ : /^v2\.0\.3 · T\+/),
        expect.stringMatching(
          isBot ? /Rollback complete: v2\.0\.3 is back/ : /^v2\.0\.3 · T\+|Rollback complete/,
        ),
      ]);
      for (const text of texts().slice(isBot ? 4 : 3))
        expect(text).not.toMatch(/in progress|no production changes/);
      if (isBot) expect(told()[0]).toBe('⏪ Release v2.1.0: rolled back to v2.0.3');
      if (isBot) expect(texts()[0]).not.toContain('Answering');
    },
  );
});
