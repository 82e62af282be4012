import { describe, expect, it } from 'vitest';
import { sayResult } from '../../src/cli/say-result.ts';

const SIGHT = { columns: 80, rows: 24 };
const LONG =
  'release rollback --to v2.0.3 --break-glass --reason "the git host is away" --env production --yes';

describe('the lines that go on from an ending', () => {
  it('stand beside their head where they fit', () => {
    const next = ['release status', 'release why'];
    expect(sayResult({ text: 'done', next }, SIGHT)).toBe(
      'done\n\n  Next     release status\n           release why',
    );
  });

  it('are broken between words on a screen, and whole in a pipe', () => {
    const told = sayResult({ text: 'done', next: [LONG] }, SIGHT).split('\n');
    expect(Math.max(...told.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(told.slice(2)).toEqual([
      '  Next',
      'release rollback --to v2.0.3 --break-glass --reason "the git host is away" \\',
      '  --env production --yes',
    ]);
    expect(sayResult({ text: 'done', next: [LONG] }, undefined)).toContain(`\n${LONG}`);
  });

  it('have the verdict before them where it has gone out of sight, and only there', () => {
    const ending = { verdict: 'no-go', next: ['release status'] };
    const far = `  NO-GO   1 failed\n${'why\n'.repeat(30)}why`;
    expect(sayResult({ ...ending, text: far }, SIGHT)).toMatch(/\n {2}Verdict {2}NO-GO\n\n {2}Next /);
    const near = `${'why\n'.repeat(30)}  NO-GO   1 failed`;
    for (const said of [
      sayResult({ ...ending, text: near }, SIGHT),
      sayResult({ ...ending, text: far }, undefined),
    ])
      expect(said).not.toContain('Verdict');
    expect(sayResult({ ...ending, verdict: 'go', text: near }, SIGHT)).toContain('Verdict  GO');
  });

  it('are left out where nothing is said', () => {
    expect(sayResult({ next: ['release status'] }, SIGHT)).toBe('');
  });
});
