import { oneLine } from '../domain/screen-text.ts';
import { alignColumns, padTo, wrapWords } from './table.ts';
import type { Look } from './verdict-text.ts';

/** What a person must know who has to finish by hand what a run could not (reliability 5.9, E-49). */
export interface Emergency {
  /** Titles of effects, by what the record says of them. */
  readonly done: readonly string[];
  readonly failed: readonly string[];
  readonly inDoubt: readonly string[];
  readonly open: readonly string[];
  readonly call: readonly {
    readonly name: string;
    readonly title: string;
    readonly phone?: string;
    readonly away: boolean;
  }[];
  /** Command lines that need no ledger and no lock; secrets are named in them, never written. */
  readonly byHand: readonly { readonly says: string; readonly line: string }[];
  /** The plan no longer holds, so that nothing of it is to be done by hand. */
  readonly isOutdated: boolean;
}

const INDENT = 4;

function sayTitles(label: string, titles: readonly string[], { columns }: Look): string[] {
  if (titles.length === 0) return [];
  const width = 10;
  const lines = wrapWords(oneLine(titles.join(' · '), 2000), columns - INDENT - width);
  return lines.map((line, i) => `${' '.repeat(INDENT)}${padTo(i === 0 ? label : '', width)}${line}`);
}

/** Whom to call, a line for each, below a head; nothing where nobody is named. */
export const sayCall = ({ call }: Pick<Emergency, 'call'>): string[] =>
  call.length === 0
    ? []
    : [
        '',
        '  Call, in this order',
        ...alignColumns(
          call.map(({ name, title, phone = '', away }, i) => [
            String(i + 1),
            name,
            title,
            `${phone}${away ? ' away by the calendar' : ''}`.trim(),
          ]),
          INDENT,
        ),
      ];

const OUTDATED = [
  '',
  '  By hand',
  '    nothing of this plan: it no longer holds. The first line below plans anew.',
];

function sayByHand({ byHand, isOutdated }: Emergency): string[] {
  if (isOutdated) return OUTDATED;
  if (byHand.length === 0) return [];
  return ['', '  By hand', ...byHand.flatMap(({ says, line }) => [`    ${says}`, `      ${line}`])];
}

/** The block below an ending with exit 7. */
export const sayEmergency = (emergency: Emergency, look: Look): string =>
  [
    '',
    '  By the record of this run',
    ...sayTitles('done', emergency.done, look),
    ...sayTitles(look.paint.bad('failed'), emergency.failed, look),
    ...sayTitles(look.paint.bad('IN DOUBT'), emergency.inDoubt, look),
    ...sayTitles('not done', emergency.open, look),
    ...sayCall(emergency),
    ...sayByHand(emergency),
  ].join('\n');
