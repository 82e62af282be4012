import type { RunbookDocument } from '../document.ts';
import { type BandTrouble, findBandTroubles } from '../limits/find-band-troubles.ts';
import { findGaps, type Seam } from '../limits/find-gaps.ts';
import { groupLimits } from '../limits/group-limits.ts';
import type { Limit } from '../limits/limit.ts';
import { readLimits } from '../limits/read-limits.ts';
import { sayNumber, sayRange } from '../limits/say-range.ts';
import { type Hit, hit, type LintRule } from '../rule.ts';

const quote = ({ group }: Limit): string => `"${group.replace(/:\s*$/, '').slice(0, 60)}"`;

const both = ({ good, bad }: Seam): string =>
  `line ${good.line} (${quote(good)}) and line ${bad.line} (${quote(bad)})`;

function sayGap(seam: Seam): string {
  const { metric, unit, from, to, noted } = seam;
  const span = `${metric}: ${sayNumber(from, unit)} to ${sayNumber(to, unit)}`;
  if (noted !== undefined)
    return `${span} is no success by line ${seam.good.line}, and line ${noted.line} says to do nothing`;
  return `${span} has no verdict between ${both(seam)}`;
}

const seams =
  (kind: Seam['kind'], say: (seam: Seam) => string) =>
  (document: RunbookDocument): readonly Hit[] =>
    findGaps(readLimits(document))
      .filter((seam) => seam.kind === kind)
      .map((seam) => hit(seam.bad.line > seam.good.line ? seam.bad : seam.good, say(seam)));

const bands =
  (kind: BandTrouble['kind'], say: (trouble: BandTrouble) => string) =>
  (document: RunbookDocument): readonly Hit[] =>
    findBandTroubles(readLimits(document))
      .filter((trouble) => trouble.kind === kind)
      .map((trouble) => hit(trouble.lower, say(trouble)));

const saysCarry = ({ statements }: RunbookDocument): boolean =>
  statements.some(({ text }) => /counts? (for|towards?|in) (every|all|each|the) (lower|milder)/i.test(text));

/** Targets of one metric, of which each says a number and none what follows. */
function findDifferent(document: RunbookDocument): readonly Hit[] {
  return groupLimits(readLimits(document)).flatMap((group) => {
    const targets = group.filter(
      ({ meaning, range }) => meaning !== 'bad' && meaning !== 'note' && !isSpan(range),
    );
    const [first] = targets;
    if (first === undefined) return [];
    return targets
      .filter(({ range, section }) => isOther(range, first.range) && section !== first.section)
      .map((one) =>
        hit(one, `${one.metric}: ${sayRange(one)} here, ${sayRange(first)} in line ${first.line}`),
      );
  });
}

const isOther = (one: Limit['range'], other: Limit['range']): boolean =>
  Number.isFinite(one.low) === Number.isFinite(other.low) &&
  (one.low !== other.low ||
    one.high !== other.high ||
    one.lowEdge !== other.lowEdge ||
    one.highEdge !== other.highEdge);

const isSpan = ({ low, high }: Limit['range']): boolean => Number.isFinite(low) && Number.isFinite(high);

/** Numbers that decide, against each other. */
export const limitRules: readonly LintRule[] = [
  {
    id: 'limit-gap',
    severity: 'error',
    title: 'Values between what is good and what is bad have no verdict',
    why: 'Whoever decides at that value has no rule, and will find one that suits.',
    next: 'Let one bound follow the other, or name the verdict between them, like HOLD, and who decides it.',
    find: seams('gap', sayGap),
  },
  {
    id: 'limit-overlap',
    severity: 'error',
    title: 'A value is good by one line and bad by another',
    why: 'Two people with the same number come to two decisions.',
    next: 'Give each value one verdict; where the lines are about different times, say which.',
    find: seams(
      'overlap',
      (seam) =>
        `${seam.metric}: ${sayNumber(seam.from, seam.unit)} to ${sayNumber(seam.to, seam.unit)} is good and bad at once, by ${both(seam)}`,
    ),
  },
  {
    id: 'limit-edge',
    severity: 'warn',
    title: 'The value on the bound itself belongs to nobody',
    why: 'Above and below leave out the number between them, and round numbers are what reports show.',
    next: 'Say "at least" or "at most" on one side.',
    find: seams(
      'edge',
      (seam) =>
        `${seam.metric}: exactly ${sayNumber(seam.from, seam.unit)} is of neither side, by ${both(seam)}`,
    ),
  },
  {
    id: 'band-edge',
    severity: 'error',
    title: 'A bound between two bands belongs to both or to neither',
    why: 'How urgent a value on the bound is depends on who reads the table.',
    next: 'Use half-open bands: the bound belongs to the worse one.',
    find: bands(
      'edge',
      ({ lower, upper, at }) =>
        `${lower.metric}: ${sayNumber(at, lower.unit)} stands in line ${lower.line} and in line ${upper.line}, and neither says whose it is`,
    ),
  },
  {
    id: 'band-dwell',
    severity: 'error',
    title: 'Time in a worse band does not count for the milder one',
    why: 'A value that is worse for too short a time starts no clock of the milder band, so that a long trouble that swings matches nothing.',
    next: 'Say that time in a worse band counts for every milder one.',
    find: (document) =>
      saysCarry(document)
        ? []
        : bands(
            'dwell',
            ({ lower, upper }) =>
              `${lower.metric}: above ${sayNumber(upper.range.low, upper.unit)} for less than ${upper.dwell} min, then below it, matches neither line ${upper.line} nor the ${lower.dwell} min of this one`,
          )(document),
  },
  {
    id: 'limit-differs',
    severity: 'warn',
    title: 'The same metric has another target elsewhere',
    why: 'One of the two numbers is old, or they are about different things that have one name.',
    next: 'Keep the number in one place and refer to it, or name what differs.',
    find: findDifferent,
  },
];
