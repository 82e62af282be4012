import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeOutputs } from '../../../src/report/github/outputs.ts';
import { trimSummary } from '../../../src/report/github/summary.ts';
import { anyChar } from '../../support/any-text.ts';
import { hostile } from '../../support/gate-report.ts';

const CUT = '\n_The rest was left out: GitHub takes one MiB for a step. The log has all of it._\n';
const bytesOf = (text: string): number => Buffer.byteLength(text);

describe('the summary of a step', () => {
  it('stays as it is while there is room', () => {
    expect(trimSummary('# a\nb\n', 6)).toBe('# a\nb\n');
  });

  it('is cut to whole lines, and says so', () => {
    const text = trimSummary(`${'x'.repeat(50)}\n`.repeat(100), 1000);
    expect(text).toMatch(/^(x{50}\n)+\n_The rest was left out/);
    expect(bytesOf(text)).toBeLessThanOrEqual(1000);
  });

  it('is nothing where not even that fits', () => {
    expect(trimSummary('x'.repeat(100), 10)).toBe('');
    expect(trimSummary('x'.repeat(100), -10)).toBe('');
  });

  it('never takes more bytes than there is room, nor half a line or half a letter', () => {
    const line = fc.string({ unit: anyChar, maxLength: 30 }).map((text) => text.replace(/\n/g, ''));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), fc.integer({ min: 0, max: 1500 }), (lines, room) => {
        const text = trimSummary(lines.join('\n'), room);
        expect(bytesOf(text)).toBeLessThanOrEqual(room);
        expect(text).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
        const body = text.endsWith(CUT) ? text.slice(0, -CUT.length) : text;
        expect(`${Buffer.from(lines.join('\n'))}\n`.startsWith(body)).toBe(true);
        if (text.endsWith(CUT)) expect(body).toMatch(/^$|\n$/);
      }),
    );
  });
});

/** As the runner reads GITHUB_OUTPUT. */
function readOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split('\n');
  for (let i = 0; i < lines.length - 1; i += 1) {
    const [, name = '', mark = ''] = /^([^=]+?)<<(.+)$/.exec(lines[i] ?? '') ?? [];
    const end = lines.indexOf(mark, i + 1);
    if (name === '' || end < 0) throw new SyntaxError(`no output: ${lines[i]}`);
    outputs[name] = lines.slice(i + 1, end).join('\n');
    i = end;
  }
  return outputs;
}

describe('the outputs of a step', () => {
  it('come back as they were, whatever stands in them', () => {
    fc.assert(
      fc.property(hostile, hostile, (verdict, run) => {
        expect(readOutputs(writeOutputs({ verdict, run }, 'r4nd0m'))).toEqual({ verdict, run });
      }),
    );
  });

  it('cannot be ended early by who knows the delimiter', () => {
    expect(() => writeOutputs({ run: 'x\nrelease_1\nevil<<e\nx\ne' }, '1')).toThrow('delimiter');
  });
});
