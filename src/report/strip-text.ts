import type { Phase, PhaseState } from '../ledger/fold-phases.ts';
import { glyph, type Mark } from './glyphs.ts';
import type { Look } from './look.ts';

const MARKS: Readonly<Record<PhaseState, Mark>> = {
  ...{ done: 'pass', 'under-way': 'running', stopped: 'stopped', 'to-come': 'skip' },
};

/** `prepare ✔── deploy ◐── complete ○`: the way of a release on one line, for a terminal (ux 2.17). */
export function sayStrip(phases: readonly Phase[], { paint, ascii }: Pick<Look, 'paint' | 'ascii'>): string {
  const line = ascii ? '--' : '──';
  // A name and its sign are one word: on two lines the sign would stand before the next name.
  const joint = ascii ? '' : '\u00a0';
  return phases
    .map(({ name, state }, i) => {
      const sign = glyph(MARKS[state], ascii);
      const said = state === 'stopped' ? paint.warn(`${name}${joint}${sign}`) : `${name}${joint}${sign}`;
      return i === phases.length - 1 ? said : `${said}${line}`;
    })
    .join(' ');
}
