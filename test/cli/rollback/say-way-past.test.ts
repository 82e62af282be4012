import { describe, expect, it } from 'vitest';
import type { CommandOptions } from '../../../src/cli/command.ts';
import { sayWayPast } from '../../../src/cli/rollback/say-way-past.ts';
import { type FailureCode, ReleaseError } from '../../../src/domain/failure.ts';

const nextOf = (code: FailureCode, options: CommandOptions): string => {
  const error = new ReleaseError(code, { what: 'It broke.', next: 'Look.', state: 'untouched' });
  return (sayWayPast(error, options, 'production') as ReleaseError).text.next;
};

describe('a rollback that could not begin', () => {
  it.each([
    ['E_DB_UNREACHABLE', { to: 'v2.0.3' }, '--to v2.0.3 --db none --env production'],
    ['E_DB_FULL', { to: 'v2.0.3', db: 'restore' }, '--db none'],
    ['E_DB_TIMEOUT', { breakGlass: true }, '--to <version> --db none --break-glass --reason "…"'],
    ['E_NEON_BUSY', { to: 'v2.0.3', db: 'restore' }, '--to v2.0.3 --db down --env production'],
    ['E_RESTORE_TOO_OLD', { to: 'v2.0.3', db: 'restore' }, '--db down'],
    ['E_LEDGER_UNREACHABLE', { to: 'v2.0.3' }, '--to v2.0.3 --break-glass --reason "…" --env production'],
    ['E_LEDGER_WRITE', { resume: true }, 'release rollback --resume --break-glass'],
  ] as const)('RBX-00: names the way past %s', (code, options, way) => {
    expect(nextOf(code, options)).toContain(way);
    expect(nextOf(code, options)).toMatch(/^Look\. /);
  });

  it.each([
    ['E_DB_UNREACHABLE', { db: 'none' }],
    ['E_NEON_BUSY', { db: 'down' }],
    ['E_LOCKED', { to: 'v2.0.3' }],
    ['E_LEDGER_WRITE', { to: 'v2.0.3', breakGlass: true }],
    ['E_DB_RIGHTS', { to: 'v2.0.3' }],
  ] as const)('has no other way past %s', (code, options) => {
    expect(nextOf(code, options)).toBe('Look.');
  });

  it('leaves what it does not know as it is', () => {
    const bug = new TypeError('x');
    expect(sayWayPast(bug, {}, 'production')).toBe(bug);
  });
});
