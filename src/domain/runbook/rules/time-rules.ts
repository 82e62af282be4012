import { DEPLOY, isUnder, ROLLBACK } from '../ask.ts';
import { minutesApart, readClock } from '../clock-times.ts';
import type { RunbookDocument, Section } from '../document.ts';
import { type Hit, hit, type LintRule } from '../rule.ts';

const SPAN = /\((\d+)\s*(?:-|–|to)\s*(\d+)\s*min/i;

interface Timed {
  readonly section: Section;
  readonly from: number;
  readonly to: number;
}

const timedOf = ({ sections }: RunbookDocument): readonly Timed[] =>
  sections.flatMap((section) => {
    const [, from, to] = SPAN.exec(section.title) ?? [];
    return from === undefined ? [] : [{ section, from: Number(from), to: Number(to) }];
  });

const isSibling = (one: Section, other: Section): boolean =>
  one.path.slice(0, -1).join() === other.path.slice(0, -1).join();

const findOverlaps = (document: RunbookDocument): readonly Hit[] =>
  timedOf(document).flatMap((one, i, all) => {
    const before = all[i - 1];
    if (before === undefined || !isSibling(before.section, one.section) || one.from >= before.to) return [];
    return [
      hit(
        one.section,
        `it begins in minute ${one.from}, and "${before.section.title}" lasts until minute ${before.to}`,
      ),
    ];
  });

/** An option inside of a timed step that takes longer than the step has. */
function findLongOptions(document: RunbookDocument): readonly Hit[] {
  return timedOf(document).flatMap(({ section, from, to }) =>
    document.statements
      .filter((one) => one.section === section && /^option\b/i.test(one.text))
      .flatMap((one) => {
        const minutes = Number(/(\d+)\s*min/i.exec(one.text)?.[1] ?? 0);
        return minutes > to - from
          ? [hit(one, `it takes ${minutes} min, and the step has ${to - from}`)]
          : [];
      }),
  );
}

const MARK = /\b(\d+)[- ](minute|hour)s? mark\b/i;

function findMarks({ sections }: RunbookDocument): readonly Hit[] {
  const starts = sections
    .filter((one) => isUnder(one, DEPLOY) && !isUnder(one, ROLLBACK))
    .flatMap(({ title }) => (/\bstart|execut|begin/i.test(title) ? (readClock(title) ?? []) : []));
  const [start] = starts;
  if (start === undefined) return [];
  return sections.flatMap((one) => {
    const [, count, unit] = MARK.exec(one.title) ?? [];
    const time = readClock(one.title);
    if (count === undefined || time === undefined) return [];
    const wanted = Number(count) * (unit?.toLowerCase() === 'hour' ? 60 : 1);
    const is = minutesApart(start, time);
    return is === wanted
      ? []
      : [hit(one, `it is ${is} min after the start, and called the mark of ${wanted}`)];
  });
}

/** Minutes that do not add up. */
export const timeRules: readonly LintRule[] = [
  {
    id: 'steps-overlap',
    severity: 'warn',
    title: 'A step begins before the one ahead of it has ended',
    why: 'One of the times was never tried; the promise to be back in so many minutes rests on it.',
    next: 'Add the times up from what rehearsals took.',
    find: (document) => [...findOverlaps(document), ...findLongOptions(document)],
  },
  {
    id: 'mark-off-clock',
    severity: 'warn',
    title: 'A mark is so many minutes after something else than the start',
    why: 'Nobody knows what the minutes are counted from.',
    next: 'Count from a named moment: start, live, open to users.',
    find: findMarks,
  },
];
