import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeRedactor } from '../../src/domain/redact.ts';

describe('the redactor', () => {
  it.each([
    ['a Stripe key', 'sk_live_51Hxcanarycanary'],
    ['a webhook secret', 'whsec_canarycanary123'],
    ['a Neon key', 'napi_canarycanary123'],
    ['a Slack token', 'xoxb-123-456-canary'],
    ['a Slack webhook', 'https://hooks.slack.com/services/T00/B00/canarycanary'],
    ['a password in a URL', 'postgres://app:canarycanary@db.example/rur2'],
    ['a fine-grained GitHub token', 'github_pat_11ACANARY0_canarycanary1234'],
    ['a GitLab token', 'glpat-canarycanary123456'],
    ['a token in the address of a remote', 'https://canarycanary123@git.example/rur2.git'],
    ['a token', 'eyJhbGciOiJIUzI1NiJ9.eyJcanary0.c2lcanary'],
  ])('T01: hides the shape of %s', (_name, secret) => {
    const out = makeRedactor([])(`before ${secret} after`);
    expect(out).not.toContain('canary');
    expect(out).toMatch(/^before .*after$/);
  });

  it('T01: hides a known value in clear, base64, URL and JSON spelling', () => {
    const secret = 'a "secret"/with+odd signs';
    const out = makeRedactor([secret])(
      [
        secret,
        JSON.stringify(secret),
        encodeURIComponent(secret),
        Buffer.from(secret).toString('base64'),
      ].join('\n'),
    );
    expect(out).not.toContain('odd signs');
    expect(out).not.toContain(encodeURIComponent('odd signs'));
    expect(out).not.toContain(Buffer.from(secret).toString('base64').slice(0, 20));
  });

  it('leaves a JSON document one: an address in one text and a mail address in the next are no password', () => {
    const redact = makeRedactor([]);
    for (const document of [
      { page: 'https://status.example.com', support: 'support@example.com' },
      { page: 'https://status.example.com:443', at: '1:2', support: 'support@example.com' },
      { a: '-----BEGIN PRIVATE KEY-----', b: 'x', c: '-----END PRIVATE KEY-----' },
    ])
      expect(JSON.parse(redact(JSON.stringify(document)))).toEqual(document);
  });

  it('T44: stays linear on hostile text', () => {
    const redact = makeRedactor(['canary-canary']);
    const hostile = `${'a://'.repeat(20_000)}${'-----BEGIN '.repeat(5_000)}`;
    expect(redact(hostile).length).toBeGreaterThan(0);
  });

  it('leaves no known value of six or more characters in any text', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 6, maxLength: 30 }), fc.string(), (secret, text) => {
        fc.pre(!'•••'.includes(secret));
        expect(makeRedactor([secret])(`${text}${secret}${text}`).includes(secret)).toBe(false);
      }),
    );
  });

  it('leaves ordinary text alone', () => {
    const text = 'v2.1.0 is live on production, 18 s, https://rur2.example/health';
    expect(makeRedactor(['some-secret-value'])(text)).toBe(text);
  });
});
