import { beforeEach, describe, expect, it } from 'vitest';
import { ReleaseError } from '../../../src/domain/failure.ts';
import { accept, openDriftWorld, yes } from './drift-world.ts';

const DAY_MS = 86_400_000;
let place: ReturnType<typeof openDriftWorld>;
beforeEach(() => {
  place = openDriftWorld();
});
const silent = new ReleaseError('E_STRIPE', { what: 'Stripe is silent.', next: 'Wait.', state: 'untouched' });
const summary = ({ result }: Awaited<ReturnType<typeof place.run>>) => [result.verdict, result.exitCode];
const changes = ({ result }: Awaited<ReturnType<typeof place.run>>) => result.result.changes;
const types = async () => (await place.events()).map(({ type }) => type);

describe('the first look', () => {
  it('E-64: has nothing to compare with, says so with exit 3, and accepts nothing by itself', async () => {
    const first = await place.run();
    expect(summary(first)).toEqual(['unknown', 3]);
    expect(first.result.text).toContain('no set-up was accepted yet');
    expect(first.result.next).toEqual(['release drift --env production --accept --reason "first baseline"']);
    expect(await types()).toEqual(['drift.checked']);
    expect(summary(await place.run())).toEqual(['unknown', 3]);
  });

  it('asks in a terminal, and saves the state after a yes alone', async () => {
    const terminal = { canAsk: true };
    await expect(place.run({}, { terminal, answers: ['n'] })).rejects.toMatchObject({
      code: 'E_ANSWERED_NO',
    });
    expect(await types()).not.toContain('drift.accepted');
    const said = await place.run({}, { terminal, answers: ['y'] });
    expect(said.asked).toEqual(['No baseline yet. Save this state?']);
    expect(summary(said)).toEqual(['clean', 0]);
    expect(summary(await place.run({}, { terminal }))).toEqual(['clean', 0]);
  });

  it('DRF-02: tells a required secret that is missing, although nothing was ever accepted', async () => {
    place.world.secret = { JWT_SECRET_STAGING: '' };
    const first = await place.run();
    expect(summary(first)).toEqual(['drifted', 3]);
    expect(changes(first)).toEqual([
      { kind: 'secret', key: 'JWT_SECRET', op: 'removed', required: true, from: '' },
    ]);
    expect(first.result.text).toMatch(/- secret {2}JWT_SECRET {2}gone from production {3}✖ required/);
  });
});

describe('a look at what was accepted', () => {
  beforeEach(async () => {
    await place.run(accept, yes);
  });

  it('DRF-04: is clean while nothing changed, and drifted with exit 3 as long as something did', async () => {
    expect(summary(await place.run())).toEqual(['clean', 0]);
    place.world.secret = { JWT_SECRET: '', DATABASE_URL: '', NEW: '' };
    for (const _ of ['first day', 'second day']) {
      const look = await place.run();
      expect(summary(look)).toEqual(['drifted', 3]);
      expect(changes(look)).toEqual([{ kind: 'secret', key: 'NEW', op: 'added', required: false, to: '' }]);
    }
    place.world.secret = { JWT_SECRET: '', DATABASE_URL: '' };
    expect(summary(await place.run())).toEqual(['clean', 0]);
  });

  it('E-64: what cannot be read is not known, never gone', async () => {
    place.world.webhook = silent;
    const look = await place.run();
    expect(summary(look)).toEqual(['unknown', 3]);
    expect(changes(look)).toEqual([]);
    expect(look.result.result.unknown).toEqual([{ check: 'drift.webhooks', said: 'Stripe is silent.' }]);
  });

  it('E-64: what is not configured any more is not compared, and that is not clean', async () => {
    delete place.world.webhook;
    const look = await place.run();
    expect(summary(look)).toEqual(['unknown', 3]);
    expect(look.result.result).toMatchObject({ changes: [], notCompared: ['webhook'] });
  });

  it('E-64: what is new in the configuration is not compared either until it is accepted', async () => {
    const { webhook, ...rest } = place.world;
    delete place.world.webhook;
    Object.assign(place.world, rest);
    await place.run(accept, yes);
    if (webhook) place.world.webhook = webhook;
    expect((await place.run()).result.result).toMatchObject({ notCompared: ['webhook'] });
    await place.run(accept, yes);
    expect(summary(await place.run())).toEqual(['clean', 0]);
  });

  it('DRF-08: stands in the ledger with what it found, also when it found nothing', async () => {
    await place.run();
    place.world.webhook = { we_1: 'disabled' };
    await place.run();
    const looks = (await place.events()).filter(({ type }) => type === 'drift.checked').slice(1);
    expect(looks.map(({ data }) => data)).toMatchObject([
      { call: 'clean', changes: [] },
      { call: 'drifted', changes: [{ kind: 'webhook', key: 'we_1', op: 'changed' }] },
    ]);
  });

  it('plans without asking anything', async () => {
    const before = (await place.events()).length;
    place.world.webhook = silent;
    const planned = await place.run({}, { flags: { plan: true } });
    expect(planned.result).toMatchObject({ exitCode: 0 });
    expect(planned.result.text).toContain('drift.webhooks');
    expect(await place.events()).toHaveLength(before);
  });
});

describe('accepting', () => {
  it('E-64: moves the baseline with a name and a reason', async () => {
    await place.run(accept, yes);
    place.world.webhook = { we_1: 'disabled' };
    const said = await place.run({ accept: true, reason: 'Stripe moves tonight' }, yes);
    expect(said.result.text).toContain('Stripe moves tonight');
    const look = await place.run();
    expect(summary(look)).toEqual(['clean', 0]);
    expect(look.result.result.baseline).toMatchObject({ by: 'Dana Ito', reason: 'Stripe moves tonight' });
  });

  it('E-64: until a day lapses with it, and the change is reported anew', async () => {
    await place.run(accept, yes);
    place.world.webhook = { we_1: 'disabled' };
    await place.run({ ...accept, until: '2025-10-03' }, yes);
    expect(summary(await place.run())).toEqual(['clean', 0]);
    await place.time.advance(3 * DAY_MS);
    const later = await place.run();
    expect(summary(later)).toEqual(['drifted', 3]);
    expect(changes(later)).toMatchObject([{ key: 'we_1', op: 'changed' }]);
  });

  it('is refused while a part is not known', async () => {
    place.world.webhook = silent;
    await expect(place.run(accept, yes)).rejects.toMatchObject({ code: 'E_DRIFT_UNREAD' });
    expect(await types()).not.toContain('drift.accepted');
  });

  it('DRF-02: cannot make a required secret dispensable', async () => {
    place.world.secret = {};
    const said = await place.run(accept, yes);
    expect(summary(said)).toEqual(['drifted', 3]);
    expect(said.result.warnings.join()).toContain('JWT_SECRET is required');
    expect(changes(await place.run())).toMatchObject([{ key: 'JWT_SECRET', op: 'removed' }]);
  });

  it.each([
    [{ accept: true }, 'E_REASON_MISSING'],
    [{ accept: true, reason: ' ' }, 'E_REASON_MISSING'],
    [{ reason: 'x' }, 'E_ARGUMENTS'],
    [{ until: '2026-01-01' }, 'E_ARGUMENTS'],
    [{ ...accept, until: 'tomorrow' }, 'E_UNTIL'],
    [{ ...accept, until: '2025-02-30' }, 'E_UNTIL'],
    [{ ...accept, until: '2025-09-30' }, 'E_UNTIL'],
    [{ ...accept, since: 'r-1' }, 'E_ARGUMENTS'],
    [{ notify: true, since: 'r-1' }, 'E_ARGUMENTS'],
    [{ since: 'r-nope' }, 'E_RUN_UNKNOWN'],
  ])('refuses %j before anything is asked', async (options, code) => {
    await expect(place.run(options, yes)).rejects.toMatchObject({ code });
    expect(await types()).toEqual([]);
  });

  it('asks in a script for --yes', async () => {
    await place.run(accept, yes);
    await expect(place.run(accept)).rejects.toMatchObject({ code: 'E_ANSWERED_NO' });
  });
});

describe('comparing with an earlier baseline', () => {
  it('shows what changed since that run, and leaves no trace', async () => {
    const first = await place.run(accept, yes);
    place.world.webhook = { we_1: 'disabled' };
    await place.run(accept, yes);
    const before = (await place.events()).length;
    const look = await place.run({ since: first.result.run });
    expect(changes(look)).toMatchObject([{ key: 'we_1', op: 'changed' }]);
    expect(await place.events()).toHaveLength(before);
  });
});

describe('telling people', () => {
  const sent = () => place.slack.messages.map(({ channel }) => channel);
  const notify = { notify: true };
  beforeEach(async () => {
    await place.run(accept, yes);
    place.world.webhook = { we_1: 'disabled' };
  });

  it('DRF-03: happens once for a set of changes, and again when the set is another one', async () => {
    for (const _ of ['one', 'two', 'three']) await place.run(notify);
    expect(sent()).toEqual(['devops', 'sre']);
    place.world.secret = { JWT_SECRET: '' };
    for (const _ of ['four', 'five']) await place.run(notify);
    expect(sent()).toEqual(['devops', 'sre', 'devops', 'sre']);
  });

  it('DRF-05: goes to the channels of drift-alert with every change and the way on', async () => {
    await place.run(notify);
    const [message] = place.slack.messages;
    expect(message?.message.text).toContain('~ webhook we_1: enabled → disabled');
    expect(message?.message.text).toContain('release drift --env production');
  });

  it('DRF-03: happens anew when it was mended in between', async () => {
    await place.run(notify);
    place.world.webhook = { we_1: 'enabled' };
    await place.run(notify);
    place.world.webhook = { we_1: 'disabled' };
    await place.run(notify);
    expect(sent()).toEqual(['devops', 'sre', 'devops', 'sre']);
  });

  it('E-65: a channel that is not reached is a warning, and is tried again the next day', async () => {
    place.slack.failNext('devops', 'refused');
    const look = await place.run(notify);
    expect(summary(look)).toEqual(['drifted', 3]);
    expect(look.result.warnings.join()).toContain('#devops was not reached');
    expect(sent()).toEqual(['sre']);
    await place.run(notify);
    expect(sent()).toEqual(['sre', 'devops']);
  });

  it('DRF-03: nobody is told without --notify, and nobody of a clean set-up', async () => {
    await place.run();
    place.world.webhook = { we_1: 'enabled' };
    await place.run(notify);
    expect(sent()).toEqual([]);
  });
});

it('DRF-06: gives the text of a ticket with every change and what to do', async () => {
  await place.run(accept, yes);
  place.world.secret = { DATABASE_URL: '' };
  const { text } = (await place.run({ issue: true })).result;
  expect(text).toContain('# Configuration drift: RuR2, production: 1 change');
  expect(text).toContain('- - secret `JWT_SECRET`: `gone from production` **(required)**');
  expect(text).toContain('- [ ] Take it back, or accept it: `release drift --env production --accept');
});
