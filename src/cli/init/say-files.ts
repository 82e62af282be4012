import { diffLines } from '../../domain/line-diff.ts';
import { plural } from '../../domain/plural.ts';
import { cleanForScreen } from '../../domain/screen-text.ts';
import type { PlannedFile } from './plan-files.ts';

const sayDiff = ({ before, after }: PlannedFile): readonly string[] =>
  diffLines(before, after)
    .filter(({ sign }) => sign !== ' ')
    .map(({ sign, text }) => `      ${sign} ${cleanForScreen(text)}`);

/** The change of one file for people; an existing one that stays is said to stay. */
export function sayFile(file: PlannedFile): readonly string[] {
  const { name, does, why } = file;
  if (does === 'nothing') return [`    ${name}   is as it should be`];
  if (does === 'refuse') return [`  ▲ ${name}   not written: ${cleanForScreen(why ?? '')}`];
  const word = { write: 'new', change: 'changed', keep: 'there already: kept yours' }[does];
  return [`    ${name}   ${word}`, ...sayDiff(file)];
}

/** `wrote 3 files, changed .gitignore`. */
export function sayDone(files: readonly PlannedFile[]): string {
  const of = (does: PlannedFile['does']) => files.filter((file) => file.does === does);
  const wrote = of('write').length;
  const said = [
    ...(wrote > 0 ? [`wrote ${plural(wrote, 'file')}`] : []),
    ...of('change').map(({ name }) => `changed ${name}`),
    ...(of('keep').length > 0
      ? [
          `kept ${of('keep')
            .map(({ name }) => name)
            .join(', ')}`,
        ]
      : []),
  ];
  return `  ✔ ${said.length === 0 ? 'nothing to write' : said.join(', ')}`;
}
