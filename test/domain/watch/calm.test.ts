import { describe, expect, it } from 'vitest';
import { Calm } from '../../../src/domain/watch/calm.ts';
import type { Change } from '../../../src/domain/watch/change.ts';

const change = (at: number, severity: string, rule = 'errors', fired = true): Change =>
  ({
    ...{ rule, severity, at: new Date(at).toISOString() },
    fired_at: fired ? new Date(at).toISOString() : null,
  }) as unknown as Change;

describe('RBX-6.5: for how long it has been calm', () => {
  it('begins when users came, and is 0 before', () => {
    const calm = new Calm();
    expect(calm.lasted(5000)).toBe(0);
    calm.begin(1000);
    expect(calm.lasted(5000)).toBe(4000);
  });

  it('is 0 while something above P3 fires, and begins anew when it is over', () => {
    const calm = new Calm();
    calm.begin(0);
    calm.note([change(1000, 'P2')]);
    expect(calm.lasted(5000)).toBe(0);
    calm.note([change(6000, 'ok', 'errors', false)]);
    expect(calm.lasted(7000)).toBe(1000);
  });

  it('waits for the last of those that fire', () => {
    const calm = new Calm();
    calm.begin(0);
    calm.note([change(1000, 'P1'), change(2000, 'hold', 'p95')]);
    calm.note([change(3000, 'ok', 'errors', false)]);
    expect(calm.lasted(9000)).toBe(0);
    calm.note([change(4000, 'P3', 'p95')]);
    expect(calm.lasted(9000)).toBe(5000);
  });

  it('is not disturbed by P3, nor by what is not known yet', () => {
    const calm = new Calm();
    calm.begin(0);
    calm.note([change(1000, 'P3'), change(2000, 'hold', 'p95', false)]);
    expect(calm.lasted(9000)).toBe(9000);
  });

  it('begins anew where nobody watched', () => {
    const calm = new Calm();
    calm.begin(0);
    calm.begin(8000);
    expect(calm.lasted(9000)).toBe(1000);
  });
});
