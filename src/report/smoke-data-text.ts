import { plural } from '../domain/plural.ts';
import { oneLine } from '../domain/screen-text.ts';
import { glyph } from './glyphs.ts';
import { wrapWords } from './table.ts';
import type { Look } from './verdict-text.ts';

interface Answer {
  readonly id: string;
  readonly title: string;
  readonly state: 'ok' | 'broken' | 'unknown' | 'not-judged';
  readonly before: number | null;
  readonly now: number | null;
  readonly growthPercent: number | null;
  readonly said: string;
}

/** What the integrity queries found, ready to be told. */
export type DataStory =
  | { readonly state: 'ok' | 'broken' | 'unknown'; readonly answers: readonly Answer[] }
  | { readonly state: 'not-asked'; readonly why: string };

const HEAD = '  data   ';

/** A foreign key, or a reference of the configuration. */
const isReference = ({ id }: Answer): boolean => id.includes(':');

function sayNumber({ title, now, before, growthPercent }: Answer): string {
  const growth = growthPercent ? `, ${growthPercent > 0 ? '+' : ''}${growthPercent} %` : '';
  return `${oneLine(title, 60)} ${now}${before === null ? '' : ` (baseline ${before}${growth})`}`;
}

/** What is as it should be, in one paragraph: numbers one by one, references together. */
function sayGood(answers: readonly Answer[]): readonly string[] {
  const good = answers.filter(({ state }) => state === 'ok' || state === 'not-judged');
  const references = good.filter((one) => isReference(one) && one.state === 'ok').length;
  const gone = good.filter((one) => isReference(one) && one.state === 'not-judged');
  return [
    ...good.filter((one) => !isReference(one)).map(sayNumber),
    ...(references > 0 ? [`${plural(references, 'reference')} with no more orphans than before`] : []),
    ...gone.map(({ said }) => oneLine(said, 200)),
  ];
}

const under = (head: string, words: string, columns: number): string[] =>
  wrapWords(words, columns - head.length).map(
    (line, i) => `${i === 0 ? head : ' '.repeat(head.length)}${line}`,
  );

/** Lines of `release smoke` about the data: what holds, and each question that does not or has no answer. */
export function sayData(data: DataStory, { paint, ascii, columns }: Look): string[] {
  if (data.state === 'not-asked')
    return under(HEAD, `not compared: ${data.why}`, columns).map((line) => paint.dim(line));
  const bad = data.answers.filter(({ state }) => state === 'broken' || state === 'unknown');
  const good = sayGood(data.answers);
  return [
    ...(good.length === 0 ? [] : under(HEAD, good.join(' · '), columns)),
    ...bad.flatMap(({ state, said }) => {
      const mark = glyph(state === 'broken' ? 'fail' : 'unknown', ascii);
      const lines = under(`${HEAD}${mark} `, oneLine(said, 300), columns);
      return lines.map((line) => (state === 'broken' ? paint.bad(line) : paint.warn(line)));
    }),
  ];
}
