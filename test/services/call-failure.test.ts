import { describe, expect, it } from 'vitest';
import {
  type CallEffect,
  type CallFailure,
  isBusy,
  readNetworkFailure,
  sayCallFailure,
  type Vendor,
} from '../../src/services/call-failure.ts';

const KEY = 'napi_canary0123456789abcdef';
const vendor: Vendor = {
  name: 'Neon',
  key: KEY,
  keyName: '$NEON_KEY',
  codes: {
    key: 'E_NEON_KEY',
    refused: 'E_NEON_REFUSED',
    busy: 'E_NEON_BUSY',
    unreachable: 'E_NEON_UNREACHABLE',
  },
};
const refused = (status: number, said = ''): CallFailure => ({ kind: 'refused', status, said });
const say = (failure: CallFailure, effect: CallEffect, because?: string) =>
  sayCallFailure(vendor, { doing: 'do it', effect }, failure, because);

describe('a call that gave no usable answer', () => {
  it.each([
    ['not-sent', { code: 'ECONNREFUSED' }],
    ['not-sent', { code: 'ENOTFOUND' }],
    ['not-sent', { code: 'CERT_HAS_EXPIRED' }],
    ['not-sent', { code: 'ERR_TLS_CERT_ALTNAME_INVALID' }],
    ['not-sent', { code: 'SELF_SIGNED_CERT_IN_CHAIN' }],
    ['not-sent', new TypeError('fetch failed', { cause: { code: 'UND_ERR_CONNECT_TIMEOUT' } })],
    ['not-sent', { detail: { cause: { code: 'EAI_AGAIN' } } }],
    ['lost', { code: 'ECONNRESET' }],
    ['lost', { code: 'ECONNABORTED' }],
    ['lost', { name: 'TimeoutError' }],
    ['lost', { code: 'ERR_CANCELED' }],
    ['lost', 'nothing that anybody knows'],
    ['lost', null],
  ] as const)('is %s after %o', (kind, error) => {
    expect(readNetworkFailure(error).kind).toBe(kind);
  });

  it('says that no answer came in time in words, and shows no text of the client', () => {
    expect(readNetworkFailure({ name: 'AbortError' })).toEqual({ kind: 'lost', why: 'no answer in time' });
    expect(readNetworkFailure({ code: `bad ${KEY}`, message: KEY })).toEqual({
      kind: 'lost',
      why: 'the connection broke',
    });
  });

  it('ends its search in a chain of causes that is a circle', () => {
    const circle: { cause?: unknown } = {};
    circle.cause = circle;
    expect(readNetworkFailure(circle).kind).toBe('lost');
  });

  it('takes 423, 429 and 503 for busy and nothing else', () => {
    const busy = [400, 401, 409, 423, 429, 500, 502, 503, 504].filter((status) => isBusy(refused(status)));
    expect(busy).toEqual([423, 429, 503]);
    expect(isBusy({ kind: 'lost', why: '' })).toBe(false);
  });

  it.each([
    ['untouched', 'untouched', { kind: 'not-sent', why: 'ECONNREFUSED' }],
    ['untouched', 'unclear', { kind: 'lost', why: 'ECONNRESET' }],
    ['untouched', 'unclear', { kind: 'garbled', status: 200 }],
    ['untouched', 'untouched', refused(423)],
    ['untouched', 'untouched', refused(429)],
    ['untouched', 'untouched', refused(503)],
    ['untouched', 'unclear', refused(500)],
    ['untouched', 'unclear', refused(502)],
    ['untouched', 'untouched', refused(401)],
    ['untouched', 'untouched', refused(422)],
  ] as const)('leaves a reading %s and a change %s after %o', (read, write, failure) => {
    expect(say(failure, 'read').text.state).toBe(read);
    expect(say(failure, 'write').text.state).toBe(write);
    expect(say(failure, 'repeatable').text.state).toBe(write);
  });

  it('names the code by what has to be done', () => {
    const codes = [401, 403, 404, 423, 429, 500, 503].map((status) => say(refused(status), 'read').code);
    expect(codes).toEqual([
      'E_NEON_KEY',
      'E_NEON_KEY',
      'E_NEON_REFUSED',
      'E_NEON_BUSY',
      'E_NEON_BUSY',
      'E_NEON_UNREACHABLE',
      'E_NEON_BUSY',
    ]);
    expect(say({ kind: 'garbled' }, 'read').code).toBe('E_NEON_UNREACHABLE');
    expect(say(refused(401), 'read').text.next).toContain('$NEON_KEY');
  });

  it('T05: masks the key in what the vendor says, in every spelling, on one line', () => {
    const said = `line one\nkey ${KEY} or ${Buffer.from(KEY).toString('base64')}`;
    const error = say(refused(400, said), 'write');
    expect(JSON.stringify(error.text)).not.toMatch(/canary|bmFwaV9jYW5hcn/);
    expect(error.text.why).not.toContain('\n');
    expect(error.cause).toBeUndefined();
  });

  it("prefers what we found out to the vendor's words, and adds the id of the request to those", () => {
    expect(say(refused(423, 'locked'), 'write', 'The operation x is running.').text.why).toBe(
      'The operation x is running.',
    );
    expect(say({ kind: 'refused', status: 400, said: 'no', requestId: 'r-1' }, 'write').text.why).toBe(
      'no (request r-1)',
    );
  });

  it('tells to look first when a change may have happened', () => {
    expect(say(refused(500), 'write').text.next).toContain('Look whether it happened all the same');
    expect(say(refused(500), 'read').text.next).not.toContain('Look whether');
  });
});
