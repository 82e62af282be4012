import { expect, it } from 'vitest';
import { writeSchema } from '../../src/domain/write-schema.ts';

const HEAD = {
  env: 'production',
  version: 'v2.1.0',
  run: 'r-1',
  at: '2026-11-25T10:00:00.000Z',
  fingerprint: 'a'.repeat(64),
  applied: ['0041_open\u001b[31m_exports'],
};

it('MIG-08: a kept schema can be printed, whatever names and texts the database holds', () => {
  const items = [{ kind: 'view', name: 'wide\u001b]0;title\u0007', is: 'md5 x', of: '' }] as const;
  const texts = new Map([['view wide\u001b]0;title\u0007', 'select\n  1\u009b2J']]);
  const text = writeSchema({ items }, texts, HEAD);
  expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
  expect(text).toContain('    select\n      1');
  expect(text).toContain(`-- fingerprint: ${HEAD.fingerprint}\n-- objects: 1\n-- migrations applied: 1\n`);
});
