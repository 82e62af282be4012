import { glyph } from '../../report/glyphs.ts';
import { padTo, wrapWords } from '../../report/table.ts';
import type { Look } from '../../report/verdict-text.ts';
import type { ProbeFinding } from './probe-finding.ts';

const LABEL = 8;

function paintMark({ outcome }: ProbeFinding, { paint, ascii }: Look): string {
  const mark = glyph(outcome, ascii);
  if (outcome === 'fail') return paint.alarm(mark);
  return outcome === 'warn' || outcome === 'unknown' ? paint.warn(mark) : mark;
}

/** The findings of a probe, a service a block, in 80 columns. */
export const sayProbe = (findings: readonly ProbeFinding[], look: Look): readonly string[] =>
  findings.flatMap((finding, i) => {
    const label = findings[i - 1]?.service === finding.service ? '' : finding.service;
    const mark = paintMark(finding, look);
    const word = { pass: '', skip: '', warn: 'warning: ', fail: 'refused: ', unknown: 'not known: ' }[
      finding.outcome
    ];
    const said = wrapWords(`${word}${finding.said}`, 62);
    const next = finding.next === undefined ? [] : wrapWords(finding.next, 62);
    return [
      ...said.map((line, n) => `  ${padTo(n === 0 ? label : '', LABEL)}${n === 0 ? mark : ' '} ${line}`),
      ...next.map((line, n) => `  ${' '.repeat(LABEL)}  ${n === 0 ? 'fix ' : '    '}${line}`),
    ];
  });
