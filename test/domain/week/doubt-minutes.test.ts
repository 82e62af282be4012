import { expect, it } from 'vitest';
import { doubtMinutes } from '../../../src/domain/week/doubt-minutes.ts';

const MINUTE = 60_000;
const from = Date.UTC(2025, 9, 2, 3);
const after = (minutes: number): number => from + minutes * MINUTE;

it.each([
  ['a night in which nobody came', { keptSince: after(-600), first: undefined }, undefined],
  ['users from the first minutes on', { keptSince: undefined, first: after(5) }, undefined],
  [
    'a start of the application',
    { keptSince: after(20), first: after(21) },
    /no minutes from before 2025-10-02T03:20/,
  ],
  ['a start that hid nothing', { keptSince: after(5), first: after(40) }, undefined],
  [
    'no word of what it keeps',
    { keptSince: undefined, first: undefined },
    /^quiet or dropped: .* tells of no minute/,
  ],
  [
    'late users, and no word',
    { keptSince: undefined, first: after(6) },
    /tells of none before 2025-10-02T03:06/,
  ],
])('V24-01, V24-02: knows of %s whether minutes are gone', (_, told, doubt) => {
  const said = doubtMinutes({ from, ...told });
  if (doubt === undefined) expect(said).toBeUndefined();
  else expect(said).toMatch(doubt);
});
