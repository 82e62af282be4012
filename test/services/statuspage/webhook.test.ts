import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Call, route, type StandIn, startStandIn } from '../../../src/sandbox/servers/router.ts';
import type { StatusOrder } from '../../../src/services/statuspage/port.ts';
import { makeStatusPage } from '../../../src/services/statuspage/real.ts';
import { makePageSurroundings } from '../../contracts/statuspage-world.ts';
import { failureOf } from '../../support/failure-of.ts';

const order: StatusOrder = {
  run: 'r-1',
  state: 'resolved',
  title: 'Unavailable',
  text: 'It is over.',
  impact: 'none',
};

let server: StandIn;
let taken: Call[];
beforeEach(async () => {
  taken = [];
  const take = route('POST /hook', (call) => {
    taken.push(call);
    return { status: 204 };
  });
  server = await startStandIn([take]);
});
afterEach(() => server.close());

const pageWith = (settings: object, secrets: Record<string, string> = {}) =>
  makeStatusPage(
    makePageSurroundings(
      { kind: 'webhook', url: '$HOOK', timeoutSeconds: 0.5, ...settings },
      { secrets: { $HOOK: `${server.url}/hook`, ...secrets } },
    ),
  );

describe('a status page that is told by a webhook', () => {
  it('RBX-7.2: takes what is to be said as JSON, with an id that is the same the second time', async () => {
    const page = pageWith({});
    expect(page.canRead('production')).toBe(false);
    await page.tell('production', order);
    await page.tell('production', order);
    const [first, second] = taken;
    expect(JSON.parse(first?.body.toString() ?? '')).toEqual({
      ...{ service: 'rur2', env: 'production', incident: 'r-1', state: 'resolved', impact: 'none' },
      ...{ title: 'Unavailable', text: 'It is over.', at: '2026-11-24T15:00:00.000Z' },
    });
    expect(first?.headers['webhook-id']).toBe('rur2.production.r-1.resolved');
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(first?.headers['webhook-signature']).toBeUndefined();
  });

  it('signs id, time and body with the key that is named', async () => {
    const key = Buffer.from('a key of thirty-two bytes or so.');
    await pageWith({ signWith: '$SIGN' }, { $SIGN: `whsec_${key.toString('base64')}` }).tell(
      'production',
      order,
    );
    const { headers, body } = taken[0] as Call;
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    const wanted = createHmac('sha256', key).update(signed).digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${wanted}`);
  });

  it('says that it cannot be asked, and that an address is none', async () => {
    expect(await failureOf(pageWith({}).list('production'))).toMatchObject({
      code: 'E_STATUS_PAGE_UNREADABLE',
    });
    const failed = await failureOf(pageWith({}, { $HOOK: 'not an address' }).tell('production', order));
    expect(failed.text.what).toBe('$HOOK is not a web address.');
    expect(taken).toEqual([]);
  });

  it('never shows its address, which may carry a token', async () => {
    server.addFault({
      path: /hook/,
      times: 1,
      answer: { status: 403, json: { error: `${server.url}/hook` } },
    });
    const failed = await failureOf(pageWith({}).tell('production', order));
    expect(failed.code).toBe('E_STATUS_PAGE_KEY');
    expect(JSON.stringify(failed.text)).not.toContain('/hook');
  });
});
