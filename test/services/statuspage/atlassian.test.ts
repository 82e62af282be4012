import { afterEach, describe, expect, it } from 'vitest';
import type { StatusOrder } from '../../../src/services/statuspage/port.ts';
import { KEY, openStatusPage } from '../../contracts/statuspage-world.ts';
import { failureOf } from '../../support/failure-of.ts';

const order: StatusOrder = {
  run: 'r-1',
  state: 'identified',
  title: 'Unavailable',
  text: 'We are going back.',
  impact: 'out',
};

type World = Awaited<ReturnType<typeof openStatusPage>>;
let world: World | undefined;
const open = async (...given: Parameters<typeof openStatusPage>): Promise<World> => {
  world = await openStatusPage(...given);
  return world;
};
afterEach(() => world?.server.close());

describe('Atlassian Statuspage', () => {
  it('sets its components with the incident, and mails nobody unless the owner says so', async () => {
    const { page, server } = await open();
    await page.tell('production', order);
    expect(server.components()).toMatchObject([{ id: 'c1', status: 'major_outage' }]);
    await page.tell('production', { ...order, state: 'monitoring', impact: 'impaired' });
    expect(server.components()).toMatchObject([{ status: 'degraded_performance' }]);
    await page.tell('production', { ...order, state: 'resolved', impact: 'none' });
    expect(server.components()).toMatchObject([{ status: 'operational' }]);
    expect(server.mails()).toBe(0);
  });

  it('mails subscribers where the owner says so', async () => {
    const { page, server } = await open({ settings: { notify: true } });
    await page.tell('production', order);
    expect(server.mails()).toBe(1);
  });

  it('leaves what people opened by hand alone', async () => {
    const { page, server } = await open();
    server.openByHand('Something else');
    expect(await page.list('production')).toEqual([]);
    await page.tell('production', order);
    expect(server.incidents()).toHaveLength(2);
    expect(await page.list('production')).toHaveLength(1);
  });

  it('waits when it is asked too often, and tells it in the end', async () => {
    const slept: number[] = [];
    const { page, server } = await open({}, { slept });
    server.addFault({ path: /incidents$/, times: 1, answer: { status: 420, json: { error: 'slow down' } } });
    expect(await page.tell('production', order)).toMatchObject({ state: 'identified' });
    expect(slept).toEqual([1000]);
  });

  it('F56: sends nothing again whose answer was lost, and finds it the next time', async () => {
    const { page, server } = await open();
    const lost = { method: 'POST', path: /incidents$/, times: 1, answer: 'drop', after: true } as const;
    server.addFault(lost);
    const failed = await failureOf(page.tell('production', order));
    expect(failed).toMatchObject({ code: 'E_STATUS_PAGE_UNREACHABLE', text: { state: 'unclear' } });
    expect(await page.tell('production', order)).toMatchObject({ state: 'identified' });
    expect(server.incidents()).toHaveLength(1);
  });

  it('says that a key was refused, and never shows it', async () => {
    const { page } = await open({ key: 'another' });
    const failed = await failureOf(page.tell('production', order));
    expect(failed.code).toBe('E_STATUS_PAGE_KEY');
    expect(JSON.stringify(failed.text)).not.toContain(KEY);
  });

  it('does not take an answer of something else for the page’s', async () => {
    const { page, server } = await open();
    server.addFault({ method: 'GET', path: /incidents$/, times: 3, answer: { status: 200, text: '<html>' } });
    expect(await failureOf(page.list('production'))).toMatchObject({ code: 'E_STATUS_PAGE_UNREACHABLE' });
    const other = { id: 'x', name: 'x', status: 'resolved' };
    server.addFault({ method: 'POST', path: /incidents$/, times: 1, answer: { status: 201, json: other } });
    expect(await failureOf(page.tell('production', order))).toMatchObject({ code: 'E_STATUS_PAGE_REFUSED' });
  });

  it('ends a call that hangs', async () => {
    const { page, server } = await open({ settings: { timeoutSeconds: 0.05 } });
    server.addFault({ path: /incidents$/, times: 9, answer: 'hang' });
    expect(await failureOf(page.list('production'))).toMatchObject({ code: 'E_STATUS_PAGE_UNREACHABLE' });
  });

  it('never tells the page of another environment', async () => {
    const { page, server } = await open();
    expect(await failureOf(page.tell('staging', order))).toMatchObject({ code: 'E_NOT_CONFIGURED' });
    expect(server.calls).toEqual([]);
  });
});
