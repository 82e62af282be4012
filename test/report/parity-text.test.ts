import { describe, expect, it } from 'vitest';
import { makeEvidence } from '../../src/domain/parity/make-evidence.ts';
import { makePaint } from '../../src/report/color.ts';
import { widthOf } from '../../src/report/display-width.ts';
import { type ParityStory, sayParity } from '../../src/report/parity-text.ts';
import { compare } from '../support/parity.ts';

const look = { paint: makePaint(false), ascii: false, columns: 80 };
const evidenceOf = (found: ReturnType<typeof compare>) =>
  makeEvidence(found, ['staging', 'production'], {}, { go: 90, noGo: 80 });
const story = (over: Partial<ParityStory>): ParityStory => ({
  title: 'release parity',
  between: ['staging', 'production'],
  call: 'go',
  all: false,
  evidence: evidenceOf(compare({})),
  said: '',
  remedy: '',
  ...over,
});
const names = Array.from({ length: 30 }, (_, i) => `VARIABLE_NUMBER_${i}`);
const much = evidenceOf(compare({ node: '22.12.1', envKeys: ['DATABASE_URL', 'JWT_SECRET', ...names] }));

describe('the screen of a comparison', () => {
  it('shows areas, what may differ and the verdict', () => {
    const text = sayParity(story({}), look);
    expect(text).toContain('staging ↔ production      100 %');
    expect(text).toMatch(/^ {2}node +1\/1 +22\.12\.0$/m);
    expect(text).toMatch(/^ {2}accepted differences +3 +values of variables, amount of data, owners$/m);
    expect(text).toMatch(/^ {2}GO {3}score 100 %/m);
  });

  it('PAR-10, PAR-13: names what no score makes up for, and its kinds beside the verdict', () => {
    const text = sayParity(story({ evidence: much, call: 'no-go' }), look);
    expect(text).toContain('✖ Node.js 22.12.1 ≠ 22.12.0');
    expect(text).toContain('2 kinds of difference that no score makes up for');
    expect(text).toContain('26 more: --all');
    expect(sayParity(story({ evidence: much, all: true }), look)).toContain('VARIABLE_NUMBER_29');
  });

  it('fits 80 columns, also in ASCII', () => {
    for (const ascii of [false, true]) {
      const text = sayParity(story({ evidence: much, call: 'no-go' }), { ...look, ascii });
      for (const line of text.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(80);
    }
  });

  it('says that nothing is known when one of the two was not read', () => {
    const said = 'staging did not answer. Parity cannot be judged, and that is no GO.';
    const { evidence: _, ...unread } = story({ call: 'hold', said, remedy: 'Look at it.' });
    const text = sayParity({ ...unread, evidence: undefined }, look);
    expect(text).toContain('? staging did not answer.');
    expect(text).toContain('HOLD');
    expect(text).not.toContain('%');
  });

  it('PAR-05: never rounds a score over its bound', () => {
    const evidence = { ...evidenceOf(compare({})), score: 90.0049 };
    expect(sayParity(story({ evidence }), look)).toContain('90 %');
    expect(sayParity(story({ evidence: { ...evidence, score: 79.9999 } }), look)).toContain('79.99 %');
  });
});
