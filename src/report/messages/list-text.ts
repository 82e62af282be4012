import { padTo } from '../table.ts';

/** A template with what became of it. */
export interface MessageRow {
  readonly template: string;
  readonly to: string;
  /** For people; null: never. */
  readonly last: string | null;
  readonly lastAt: string | null;
  readonly next: string;
  /** True where `next` is a time that a clock knows. */
  readonly isDue: boolean;
}

interface KeptRow {
  readonly template: string;
  readonly missing: readonly string[];
  readonly said: string;
}

const sayNext = ({ next, isDue }: MessageRow): string => `${isDue ? 'due' : 'sent by'} ${next}`;

const sayRow = (row: MessageRow): readonly string[] => [
  `  ${padTo(row.template, 24)}${row.to}`,
  ...(row.last === null ? [] : [`  ${padTo('', 24)}last ${row.last}`]),
  `  ${padTo('', 24)}${sayNext(row)}`,
];

const sayKept = ({ template, missing, said }: KeptRow): string =>
  `  ▲ ${template} has not reached ${missing.map((one) => `#${one}`).join(', ')}: ${said}`;

/** `release notify --list`: short lines fit 80 columns; a table of them would not. */
export const sayMessages = (rows: readonly MessageRow[], kept: readonly KeptRow[]): string =>
  [...rows.flatMap(sayRow), ...(kept.length > 0 ? ['', ...kept.map(sayKept)] : [])].join('\n');
