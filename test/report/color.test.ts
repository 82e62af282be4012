import { describe, expect, it } from 'vitest';
import { decideColor, makePaint } from '../../src/report/color.ts';

const facts = { isTty: true, flag: true, noColor: undefined, forceColor: undefined, term: 'xterm-256color' };

describe('colour is decided once', () => {
  it.each([
    ['a terminal has colour', {}, true],
    ['a pipe has none', { isTty: false }, false],
    ['NO_COLOR takes it away', { noColor: '1' }, false],
    ['an empty NO_COLOR says nothing', { noColor: '' }, true],
    ['FORCE_COLOR gives it to a pipe', { isTty: false, forceColor: '1' }, true],
    ['FORCE_COLOR=0 takes it from a terminal', { forceColor: '0' }, false],
    ['FORCE_COLOR wins over NO_COLOR, as in Node', { noColor: '1', forceColor: '1' }, true],
    ['a dumb terminal has none', { term: 'dumb' }, false],
    ['--no-color wins over everything', { flag: false, forceColor: '1' }, false],
  ])('%s', (_, given, wanted) => {
    expect(decideColor({ ...facts, ...given })).toBe(wanted);
  });

  it('paints nothing when there is no colour', () => {
    expect(makePaint(false).alarm('PRODUCTION')).toBe('PRODUCTION');
    expect(makePaint(true).good('ok')).toBe('\u001b[32mok\u001b[39m');
  });
});
