import { describe, expect, it } from 'vitest';
import type { Version } from '../../../src/domain/version.ts';
import { planPrepare } from '../../../src/plans/plan-prepare.ts';
import { makeRollbackPlan } from '../../support/announcing.ts';
import { endOf, tagOf } from '../cli-world.ts';
import { makeNotifyWorld } from './notify-world.ts';

const textsOf = ({ slack }: ReturnType<typeof makeNotifyWorld>): readonly string[] =>
  slack.messages.map(({ message }) => message.text);

/** What was pushed of v2.1.0. */
const CANDIDATE = {
  recipe: {
    ...{ version: 'v2.1.0' as Version, name: 'v2.1.0-rc.1' as Version, base: 'b', baseName: 'develop' },
    ...{ since: null, join: null, bringBack: [], undone: [], at: '2025-09-22T14:00:00.000Z' },
    ...{ day: '2025-09-22', trailers: {} },
  },
  ...{ branchName: 'release/v2.1.0', tip: undefined, commit: 'b'.repeat(40), tag: 't', from: 'v2.0.3' },
  ...{ configDigest: 'd', notes: {} },
};

const YES = { flags: { yes: true } };

describe('release notify', () => {
  it('PRE-30, E-02, COM-00: the day before, a notice of its own says what is planned and does not say that it starts', async () => {
    const branches = { main: 'a'.repeat(40), 'release/v2.1.0': 'b'.repeat(40) };
    const world = makeNotifyWorld({ ...YES, branches, tags: [tagOf('v2.0.3')] });
    const missing = await endOf(world.notify(['release-scheduled', 'v2.1.0']));
    expect([missing.code, missing.next]).toEqual(['E_ARGUMENTS', 'Add --set planned_for="…"']);
    await world.notify(['release-scheduled', 'v2.1.0'], { set: ['planned_for=Thu 2 Oct, 10:00 EDT'] });
    expect(world.slack.messages.map(({ channel }) => channel)).toEqual(['releases', 'ops']);
    expect(textsOf(world)[0]).toContain('Planned for: Thu 2 Oct, 10:00 EDT');
    expect(textsOf(world)[0]).not.toContain('starting');
    expect(world.slack.messages[0]?.message.blocks.map((block) => JSON.stringify(block)).join()).toContain(
      '<@U0DANA>',
    );
  });

  it('PRE-33: the notice names the day that is planned now, and the candidate is told of anew with it', async () => {
    const branches = { main: 'a'.repeat(40), 'release/v2.1.0': 'b'.repeat(40) };
    const world = makeNotifyWorld({ ...YES, branches, tags: [tagOf('v2.0.3')] });
    const plan = planPrepare(CANDIDATE, world.runbook, 'production');
    const request = { candidate: 'v2.1.0-rc.1', day: '2026-12-08', days: [] };
    await world.past({ plan, request, scope: 'rur2/x-prepare' });
    await world.notify(['release-scheduled', 'v2.1.0']);
    expect(textsOf(world)[0]).toContain('Planned for: 2026-12-08');
    const days = { version: 'v2.1.0', day: '2026-12-10', days: [], by: 'Dana Ito' };
    await world.ledger.note('rur2/x-prepare', { id: 'd', run: 'd', type: 'day.planned', data: days });
    const { result } = await endOf(world.notify(['rc-ready', 'v2.1.0'], { preview: true }));
    expect(result?.text).toContain('2026-12-10');
  });

  it('shows it framed, with where it goes, how long it is, and each variable that nobody has given', async () => {
    const world = makeNotifyWorld();
    await world.past({ plan: world.plan, isOpen: true, ends: { backup: 'open' } });
    const { result } = await endOf(world.notify(['release-start'], { preview: true }));
    expect(result?.text).toContain('to    #releases (a message of its own)   #ops (webhook: no thread)');
    expect(result?.text).toMatch(/\d+ of 2000 characters, \d+ of 20 blocks/);
    expect(result?.text).toMatch(/from argument \d+ .*missing \d+/);
    expect(result?.text).toMatch(
      /comms +\(people with the role communications\) +left out: release-start\.md:\d+/,
    );
    const { variables, renderings } = { ...result?.result } as unknown as {
      variables: object[];
      renderings: object;
    };
    expect(variables).toContainEqual({ name: 'deploy_lead', source: 'people', value: 'Dana Ito' });
    expect(Object.keys(renderings)).toEqual(['text', 'markdown', 'html', 'slack']);
    expect(world.slack.messages).toEqual([]);
    const rows = String(result?.text)
      .split('\n')
      .filter((line) => /^ {2}[│┌└]/.test(line));
    expect(rows.every((row) => [...row].length <= 80)).toBe(true);
  });

  it('refuses a message that the ledger contradicts, by hand as well', async () => {
    const world = makeNotifyWorld(YES);
    expect((await endOf(world.notify(['release-start']))).code).toBe('E_MESSAGE_UNTRUE');
    await world.past({ plan: world.plan });
    for (const template of [
      'release-start',
      'release-progress',
      'release-complete',
      'takeover',
      'decision-needed',
    ])
      expect([template, (await endOf(world.notify([template]))).code]).toEqual([
        template,
        'E_MESSAGE_UNTRUE',
      ]);
    expect(world.slack.messages).toEqual([]);
  });

  it('an update by hand tells how far an open run is, in its thread, and nothing that is still to come', async () => {
    const world = makeNotifyWorld(YES);
    await world.past({ plan: world.plan, isOpen: true, ends: { publish: 'open' } });
    await world.notify(['release-progress']);
    const [sent] = world.slack.messages;
    expect(sent?.thread).toBe('1.0');
    expect(sent?.message.text).toContain('✅ Maintenance mode on');
    expect(sent?.message.text).not.toContain('not recorded as done');
    expect(sent?.message.text).toMatch(/Next steps\n• ⏳ .*2\.1\.0/);
  });

  it('asks whoever sends the same again within ten minutes; later it is another message', async () => {
    const world = makeNotifyWorld(YES);
    const set = { set: ['severity=P1', 'title=exports fail', 'issue=no PDF'] };
    await world.notify(['incident', 'v2.1.0'], set);
    const twice = await endOf(world.notify(['incident', 'v2.1.0'], set));
    expect([twice.code, world.questions]).toEqual([
      'E_ANSWERED_NO',
      ['incident for v2.1.0 was sent at 10:00 EDT. Send again?'],
    ]);
    await world.notify(['incident', 'v2.1.0'], { ...set, again: true });
    await world.time.advance(11 * 60_000);
    await world.notify(['incident', 'v2.1.0'], set);
    expect(world.slack.messages).toHaveLength(3);
  });

  it('a person adds what nobody can compute, and cannot change what was computed', async () => {
    const world = makeNotifyWorld(YES);
    await world.past({ plan: world.plan, isOpen: true, ends: { backup: 'open' } });
    const wrong = await endOf(world.notify(['release-start'], { set: ['duratoin=5 min'] }));
    expect(wrong.code).toBe('E_FLAG_VALUE');
    expect((await endOf(world.notify(['release-start'], { set: ['downtime=None'] }))).code).toBe(
      'E_FLAG_VALUE',
    );
    await world.notify(['release-start'], {
      set: ['comms=Dana Ito', 'affected_features=<!here> exports'],
      again: true,
    });
    const blocks = JSON.stringify(world.slack.messages[0]?.message.blocks);
    expect(blocks).toContain('Communications: <@U0DANA>');
    expect(blocks).not.toContain('<!here>');
  });

  it('ends with 1 when a channel was not reached, and names it', async () => {
    const world = makeNotifyWorld(YES);
    world.slack.failNext('releases', 'refused');
    const set = { set: ['severity=P1', 'title=exports fail', 'issue=no PDF'] };
    const { result } = await endOf(
      world.notify(['incident', 'v2.1.0'], { ...set, to: ['releases', '#ops'] }),
    );
    expect(result).toMatchObject({ exitCode: 1, result: { missed: ['releases'] } });
    expect(result?.next).toEqual(['release notify incident --to releases --env production']);
    expect((await endOf(world.notify(['incident'], { to: ['relases'] }))).code).toBe('E_SLACK_CHANNEL');
  });

  it('lists every message with where it goes, and what it was told last', async () => {
    const world = makeNotifyWorld();
    await world.past({ plan: world.plan });
    const { result } = await endOf(world.notify([]));
    expect(result?.text).toMatch(
      /release-start +#releases, #ops\n +last 1 Oct 10:00 EDT \(v2\.1\.0\)\n +sent by release deploy/,
    );
    expect(
      String(result?.text)
        .split('\n')
        .every((line) => line.length <= 80),
    ).toBe(true);
    expect((await endOf(world.notify(['realease-start']))).code).toBe('E_TEMPLATE_UNKNOWN');
  });
});

/** Nobody knows whether users are let in again. */
const ends = { 'maintenance-off': { code: 'E_WEB', said: 'no answer' } };

async function afterRollback(wanted: Parameters<typeof makeNotifyWorld>[0] = {}) {
  const world = makeNotifyWorld(wanted);
  const plan = makeRollbackPlan(world.runbook, { kind: 'none' });
  await world.past({ plan, run: 'r-back', ends });
  return world;
}

describe('letters', () => {
  it('COM-08, E-106: only a person writes to customers; --yes alone never does', async () => {
    const world = await afterRollback(YES);
    const without = await endOf(world.notify(['customer-rollback']));
    expect([without.code, without.next]).toEqual(['E_ARGUMENTS', 'Add --set data_loss="…"']);
    const alone = await endOf(world.notify(['customer-rollback'], { set: ['data_loss=checking'], to: [] }));
    expect(alone.code).toBe('E_MESSAGE_PERSON');
    expect(world.letters).toEqual([]);
    const order = { set: ['data_loss=checking'], to: ['users@lists.example'] };
    const { result } = await endOf(world.notify(['customer-rollback'], order));
    expect(result?.text).toContain('nobody has it yet');
    expect(world.letters.map(({ letter }) => [letter.to, letter.text])).toEqual([
      [
        ['users@lists.example'],
        expect.stringContaining('We are still checking whether any data was affected.'),
      ],
    ]);
    const [sent] = world.entriesOf('message.sent');
    expect(sent?.data).toMatchObject({ set: { data_loss: 'checking' }, sent: [{ transport: 'file' }] });
  });

  it('E-86: that no data was lost is refused where the record does not show it', async () => {
    const world = await afterRollback(YES);
    const order = { set: ['data_loss=none'], to: ['users@lists.example'] };
    expect((await endOf(world.notify(['customer-rollback'], order))).code).toBe('E_TEMPLATE_STATEMENT');
    expect((await endOf(world.notify(['customer-rollback'], { set: ['data_loss=maybe'] }))).code).toBe(
      'E_FLAG_VALUE',
    );
  });

  it('E-106: by SMTP a letter is sent only from a terminal, word by word', async () => {
    const mail = { from: 'r@rur2.example', smtp: '$SMTP' };
    const over = { services: { slack: { botToken: '$T', channels: {}, routes: {} }, mail } };
    const order = { set: ['data_loss=checking'], to: ['users@lists.example'] };
    const script = await afterRollback({ ...YES, over });
    expect((await endOf(script.notify(['customer-rollback'], order))).code).toBe('E_MESSAGE_PERSON');
    const no = await afterRollback({ terminal: { canAsk: true }, answers: ['yes'], over });
    expect((await endOf(no.notify(['customer-rollback'], order))).code).toBe('E_ANSWERED_NO');
    expect([...script.letters, ...no.letters]).toEqual([]);
    const person = await afterRollback({ terminal: { canAsk: true }, answers: ['send to customers'], over });
    const { result } = await endOf(person.notify(['customer-rollback'], order));
    expect(result?.text).toBe('✔ customer-rollback was sent to users@lists.example');
    expect(person.letters).toHaveLength(1);
  });

  it('PIR-09: stakeholders get the report of the incident from a person, who says when the next word comes', async () => {
    const order = { set: ['next_update=Thu 2 Oct, 12:00 EDT'], to: ['boss@rur2.example'] };
    const world = await afterRollback(YES);
    expect((await endOf(world.notify(['incident-report']))).next).toBe('Add --set next_update="…"');
    expect((await endOf(world.notify(['incident-report'], { set: order.set }))).code).toBe(
      'E_MESSAGE_PERSON',
    );
    expect(world.letters).toEqual([]);
    await world.notify(['incident-report'], order);
    expect(world.letters.map(({ letter }) => letter.text)).toEqual([
      expect.stringContaining('Cause: unknown'),
    ]);
    const claim = { set: [...order.set, 'data_impact=none'], to: order.to };
    expect((await endOf(world.notify(['incident-report'], claim))).code).toBe('E_FLAG_VALUE');
  });

  it('PIR-10: engineering is told where its route says, once somebody gives what was found', async () => {
    const world = await afterRollback(YES);
    expect((await endOf(world.notify(['engineering-update']))).next).toBe('Add --set findings="…"');
    await world.notify(['engineering-update'], { set: ['findings=the index is missing'] });
    expect(world.slack.messages.map(({ channel }) => channel)).toEqual(['releases']);
    expect(textsOf(world)[0]).toContain('the index is missing');
  });

  it('customers never see the addresses of others', async () => {
    const world = await afterRollback(YES);
    const order = { set: ['data_loss=checking'], to: ['a@b.example', 'c@d.example'] };
    expect((await endOf(world.notify(['customer-rollback'], order))).code).toBe('E_FLAG_VALUE');
  });
});
