import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan, PlanEntry } from '../../src/domain/plan.ts';
import { widthOf } from '../../src/report/display-width.ts';
import { toAscii } from '../../src/report/glyphs.ts';
import { type PlanNotes, writePlan } from '../../src/report/plan-text.ts';
import { planOf } from '../support/run-events.ts';

const notes: PlanNotes = {
  id: 'p-7f3a0123',
  address: 'rur2-production.replit.app',
  isProtected: true,
  sandbox: false,
  above: [
    ['live now', 'v2.0.3'],
    ['gate', 'preflight GO 14 min ago'],
  ],
  below: [['way back', 'release rollback --to v2.0.3: the code again, the database is not changed']],
};
const [sample] = planOf(1).entries;
const entry = (change: Partial<PlanEntry>): PlanEntry => ({ ...sample, ...change }) as PlanEntry;
const widest = (text: string): number => Math.max(...text.split('\n').map(widthOf));

const title = fc.string({ minLength: 1, maxLength: 120, unit: 'grapheme-ascii' });
const usualMs = fc.option(fc.integer({ min: 0, max: 86_399_000 }), { nil: undefined });
const entries = fc.array(
  fc
    .record({ title, usualMs, stop: fc.constantFrom('safe', 'after', 'never-between') })
    .map((change) => entry(change as Partial<PlanEntry>)),
  { minLength: 1, maxLength: 99 },
);
const address = fc.oneof(fc.constant('127.0.0.1:43210'), fc.domain(), title);
const words = fc.array(fc.stringMatching(/^[!-~]{1,20}$/), { minLength: 1, maxLength: 40 });

describe('the plan on the screen', () => {
  it('names what, where, what is live, every entry in order, and the way back', () => {
    expect(writePlan({ ...planOf(2), digest: '7f3a0123456789' }, notes)).toMatchInlineSnapshot(`
      "release deploy v2.1.0    ███ PRODUCTION ███  rur2-production.replit.app

        live now   v2.0.3
        gate       preflight GO 14 min ago
        plan       p-7f3a0123
         1  Do announce for v2.1.0                          ~40 s       stop: safe
         2  Do back-up for v2.1.0                           ~40 s       stop: safe
        way back   release rollback --to v2.0.3: the code again, the database is not
                   changed"
    `);
  });

  it('fits 80 columns, whatever the titles, durations, address and notes, also in ASCII', () => {
    const command = fc.constantFrom<Plan['command']>('deploy', 'rollback');
    fc.assert(
      fc.property(command, entries, address, words, fc.boolean(), (name, list, at, said, sandbox) => {
        const plan = { ...planOf(1), command: name, version: 'v12.10.100', entries: list };
        const about = { ...notes, sandbox, address: at, above: [['reason', said.join(' ')]] as const };
        const text = writePlan(plan, about);
        expect(widest(text)).toBeLessThanOrEqual(80);
        expect(widest(toAscii(text))).toBeLessThanOrEqual(80);
      }),
    );
  });

  it('marks a title that it cuts, and keeps the columns behind it straight', () => {
    const list = [entry({ title: 'x'.repeat(60), stop: 'never-between' }), entry({ title: 'short' })];
    const lines = writePlan({ ...planOf(1), entries: list }, notes).split('\n');
    const [cut = '', short = ''] = lines.filter((line) => / stop: /.test(line));
    expect(cut).toContain('…  ~40 s');
    expect(cut.indexOf('stop: never')).toBe(short.indexOf('stop: safe'));
  });

  it('keeps a word whole that is longer than the line, so that it can be copied', () => {
    const address = `https://status.example.com/${'a'.repeat(90)}`;
    const text = writePlan(planOf(1), { ...notes, above: [['reason', `see ${address} there`]] });
    expect(text).toContain(address);
  });

  it('takes nothing from a note or a title that could move the cursor', () => {
    const text = writePlan(
      { ...planOf(1), entries: [entry({ title: 'Migrate \u001b[2J0043\r\nand more' })] },
      { ...notes, above: [['reason', 'red \u001b[31malert\nsecond line']] },
    );
    expect(text).not.toMatch(/[\u001b\r]/);
    expect(text).toContain('red alert second line');
  });

  it('says SANDBOX, and shouts the name of a protected environment alone', () => {
    const head = (change: Partial<PlanNotes>) => writePlan(planOf(1), { ...notes, ...change }).split('\n')[0];
    expect(head({})).toContain('███ PRODUCTION ███');
    expect(head({ isProtected: false })).not.toContain('███');
    expect(head({ sandbox: true })).toContain('SANDBOX');
  });
});
