import { describe, expect, it } from 'vitest';
import { gone, openWeek, textOf } from './week-world.ts';

describe('SUC-08, E-116: a release after 48 hours', () => {
  const version = 'v2.1.0';
  const clean = (hour: number) => ({
    ...{ version, hour, verdict: 'clean' as const, level: 'ok' as const, said: '', since: '' },
    figures: { 'error-percent': 0.1, 'p95-ms': 80 + hour, 'query-p95-ms': 10 + hour },
  });
  const fill = async (world: Awaited<ReturnType<typeof openWeek>>, but: readonly number[] = []) => {
    for (let hour = 3; hour < 48; hour += 1)
      if (!but.includes(hour)) await world.note(`r-1:look:${hour}`, 'watch.looked', clean(hour), `l-${hour}`);
  };

  it('says when it will be successful, is that after 48 clean hours, and people are told once', async () => {
    const world = await openWeek();
    await fill(world);
    expect(textOf((await world.status(47.5)).text)).toContain(
      'complete since 1 Oct 12:25 EDT, successful at 3 Oct 10:25 EDT if 1 more of 46 looks are clean',
    );
    expect((await world.tick(48)).text).toContain('v2.1.0 is successful: 46 looks, all clean');
    await world.tick(48.3);
    await world.tick(49);
    const ended = (await world.events()).filter(({ type }) => type === 'watch.ended').map(({ data }) => data);
    expect(ended).toMatchObject([{ state: 'complete' }, { state: 'successful' }]);
    const posted = world.slack.messages.map(({ message }) => JSON.parse(message.text)[0]);
    expect(posted).toEqual(['release-successful']);
    const { text, result } = await world.status(49);
    expect(textOf(text)).toContain('successful since 3 Oct 10:31 EDT');
    expect(result).toMatchObject({ environments: [{ week: { state: 'successful', why: [] } }] });
  });

  it('V24-05, V7-02: status shows how figures moved from the first look to the last', async () => {
    const world = await openWeek();
    await fill(world);
    expect(textOf((await world.status(47.5)).text)).toContain(
      'trend over 45 looks: errors 0.1 → 0.1 %, P95 83 → 127 ms, database P95 13 → 57 ms',
    );
  });

  it('is not successful with one hour missing, and says which', async () => {
    const world = await openWeek();
    await fill(world, [17]);
    expect((await world.tick(48)).text).not.toContain('successful');
    expect(textOf((await world.status(49)).text)).toContain('not successful: hour 17 missed');
  });

  it('is not successful with a P1 that somebody declared, though every hour is clean', async () => {
    const world = await openWeek();
    await world.tellNote('logins fail for one customer', { severity: 'P1' });
    await fill(world);
    await world.tick(48);
    expect(textOf((await world.status(49)).text)).toMatch(/not successful: .*P1 declared at .*: logins fail/);
  });

  it.each([
    ['the application does not answer', () => Promise.reject(gone), /does not say which version it is/],
    ['another version answers', async () => ({ version: 'v2.2.0', latencyMs: 1 }), /another version is live/],
  ])('is not called successful while %s', async (_, liveVersion, why) => {
    const world = await openWeek({ services: { host: { liveVersion } } });
    await fill(world);
    await world.note('r-1:look:48', 'watch.looked', clean(48), 'l-48');
    const told = await world.tick(48.5);
    expect([told.exitCode, told.text]).toEqual([3, expect.stringMatching(why)]);
    expect((await world.events()).filter(({ type }) => type === 'watch.ended')).toHaveLength(1);
    expect(world.slack.messages).toEqual([]);
  });

  it.each([undefined, 'unsafe'] as const)('is not successful with a rollback that ended %s', async (end) => {
    const world = await openWeek();
    await fill(world);
    await world.note('r-1:look:48', 'watch.looked', clean(48), 'l-48');
    await world.beginRollback('r-9', end);
    expect((await world.tick(48.5)).text).toBe('  Nothing is due.');
    expect(textOf((await world.status(49)).text)).toMatch(/not successful: the rollback r-9 (has not|ended)/);
  });

  it('is not successful when it is declared late and a P1 came meanwhile', async () => {
    const world = await openWeek();
    await fill(world);
    await world.note('r-1:look:48', 'watch.looked', clean(48), 'l-48');
    await world.status(60);
    await world.tellNote('logins fail', { severity: 'P1' });
    await world.tick(61);
    expect(textOf((await world.status(61)).text)).toMatch(/not successful: P1 declared at .*: logins fail/);
  });

  it('is not successful where it was taken back: another version has its own hours', async () => {
    const world = await openWeek();
    await fill(world);
    await world.deploy('r-2', 'v2.1.1', 47);
    world.live.version = 'v2.1.1';
    expect((await world.tick(48)).text).toBe('  Nothing is due.');
    expect((await world.events()).filter(({ type }) => type === 'watch.ended')).toHaveLength(1);
  });
});
