import { describe, expect, it } from 'vitest';
import { sayResult } from '../../src/cli/say-result.ts';

const LONG =
  'release rollback --to v2.0.3 --break-glass --reason "the git host is away" --env production --yes';

describe('the lines that go on from an ending', () => {
  it('stand beside their head where they fit', () => {
    const next = ['release status', 'release why'];
    expect(sayResult({ text: 'done', next }, 80)).toBe(
      'done\n\n  Next     release status\n           release why',
    );
  });

  it('are broken between words on a screen, and whole in a pipe', () => {
    const told = sayResult({ text: 'done', next: [LONG] }, 80).split('\n');
    expect(Math.max(...told.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(told.slice(2)).toEqual([
      '  Next',
      'release rollback --to v2.0.3 --break-glass --reason "the git host is away" \\',
      '  --env production --yes',
    ]);
    expect(sayResult({ text: 'done', next: [LONG] }, undefined)).toContain(`\n${LONG}`);
  });

  it('are left out where nothing is said', () => {
    expect(sayResult({ next: ['release status'] }, 80)).toBe('');
  });
});
