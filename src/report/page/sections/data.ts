import type { JsonObject } from '../../../domain/json.ts';
import { sayLoss } from '../../../domain/loss.ts';
import type { RunState } from '../../../ledger/fold.ts';
import type { Mark } from '../../glyphs.ts';
import { findDatabaseWay, sayDatabaseState, sayDataLoss } from '../../messages/database-way.ts';
import { listKept } from '../../postmortem/list-kept.ts';
import { listCounted } from '../counted.ts';
import { type Html, html, type Part } from '../html.ts';
import { more, outcome, pairs, type Section, table } from '../parts.ts';
import type { Report } from '../report.ts';
import { momentOf, sayName } from './answers.ts';

const MARKS: Readonly<Record<string, Mark>> = {
  ok: 'pass',
  broken: 'fail',
  unknown: 'unknown',
  'not-judged': 'skip',
};

const cell = (value: unknown): string => (typeof value === 'number' ? value.toLocaleString('en-US') : '?');

/** Where all is well a sentence is enough; the numbers stand behind it. */
function writeAnswers(
  title: string,
  rows: readonly (readonly Part[])[],
  answers: readonly JsonObject[],
): Html {
  const open = answers.filter(({ state }) => state !== 'ok');
  const drawn = table(title, ['Question', 'Before', 'After', 'Change', 'Outcome'], rows, [1, 2, 3]);
  if (open.length > 0) return drawn;
  const said = html`<p>${outcome('pass', 'as before')} ${title}: ${answers.length} questions, every answer as expected.</p>`;
  return html`${said}${more('Show the numbers', drawn)}`;
}

const writeCounted = (run: RunState): readonly Html[] =>
  listCounted(run).map(({ title, answers }) => {
    const rows = answers.map(({ title: question, before, now, growthPercent, state }) => [
      String(question),
      cell(before),
      cell(now),
      typeof growthPercent === 'number' && growthPercent !== 0
        ? `${growthPercent > 0 ? '+' : ''}${growthPercent} %`
        : '',
      outcome(MARKS[String(state)] ?? 'unknown', String(state)),
    ]);
    return writeAnswers(`${sayName(run)}, “${title}”`, rows, answers);
  });

/** What a rollback did to data, and what the integrity questions counted before and after. */
export function writeData({ story: { runs, rollback } }: Report): Section | undefined {
  const way = rollback && findDatabaseWay(momentOf(rollback));
  const counted = runs.flatMap(writeCounted);
  const kept = listKept(runs);
  if (way === undefined && counted.length === 0 && kept.length === 0) return undefined;
  const loss = way?.kind === 'restored' ? way.loss : undefined;
  const said = pairs([
    ...(way === undefined
      ? []
      : [['Database now', sayDatabaseState(way)] as const, ['What was lost', sayDataLoss(way)] as const]),
    ...(loss === undefined ? [] : [['Counted right before', sayLoss(loss)] as const]),
    ...(kept.length === 0 ? [] : [['Kept as it was', kept.join(', ')] as const]),
  ]);
  const none =
    counted.length === 0 &&
    html`<p class="note">No integrity question was asked: whether rows are missing is not known.</p>`;
  return { id: 'data', title: 'Data integrity', body: html`${said}${counted}${none}` };
}
