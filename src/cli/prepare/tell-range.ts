import type { JsonObject } from '../../domain/json.ts';
import { oneLine } from '../../domain/screen-text.ts';
import type { Range, RangeFile } from './read-range.ts';

const sayWay = ({ wayBack }: RangeFile): string => {
  if (wayBack.is === 'script') return 'has a way back';
  if (wayBack.is === 'irreversible') return `cannot go back: ${oneLine(wayBack.because, 80)}`;
  return 'NO WAY BACK';
};

const sayFile = (file: RangeFile): string => {
  const what = file.said === '' ? file.class : `${file.class}: ${oneLine(file.said, 120)}`;
  const mark = file.class === 'destructive' || file.wayBack.is === 'missing' ? '▲ ' : '';
  return `${mark}${file.path.split('/').at(-1)}  ${what}; ${sayWay(file)}`;
};

/** The migrations of a release as lines of its preparation. */
export const tellRange = ({ files, edited, unknown }: Range): readonly (readonly [string, string])[] =>
  [
    ...(unknown === undefined ? [] : [`▲ not known: ${unknown}`]),
    ...files.map(sayFile),
    ...edited.map((path) => `▲ ${path.split('/').at(-1)}  went out with another text`),
  ].map((line, i) => [i === 0 ? 'migrations' : '', line] as const);

/** The same for machines. */
export const describeRange = ({ files, edited, unknown }: Range): JsonObject => ({
  files: files.map(({ path, class: kind, said, wayBack }) => ({
    path,
    class: kind,
    said: said === '' ? null : said,
    rollback: wayBack.is,
    because: wayBack.is === 'irreversible' ? wayBack.because : null,
  })),
  edited: [...edited],
  unknown: unknown ?? null,
});
