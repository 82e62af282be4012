import type { CriterionAnswer } from '../domain/go-no-go/judge-criteria.ts';
import { oneLine, withoutStop } from '../domain/screen-text.ts';
import { glyph, glyphWidth } from './glyphs.ts';
import type { Look } from './look.ts';
import { cutWords, padTo, wrapWords } from './table.ts';

/** The GO and NO-GO criteria, and the titles of those who decide. */
export interface CriteriaStory {
  readonly answers: readonly CriterionAnswer[];
  readonly deciders: readonly string[];
}

const OUTCOME = { true: 'pass', false: 'fail', null: 'unknown' } as const;
const ROWS_WIDTH = 12;
const TEXT_WIDTH = 25;

/** With less room beside them the words of a criterion stand below it, or, fulfilled, nowhere. */
const LEAST_DETAIL = 24;

const rank = ({ ok }: CriterionAnswer): number => (ok === false ? 0 : ok === null ? 1 : 2);

/** What GO and NO-GO ask of the same thing stands in one line: `go.e2e` and `no-go.e2e`. */
function groupBySubject(answers: readonly CriterionAnswer[]): CriterionAnswer[][] {
  const groups = new Map<string, CriterionAnswer[]>();
  for (const answer of answers) {
    const subject = answer.id.replace(/^[^.]*\./, '');
    groups.set(subject, [...(groups.get(subject) ?? []), answer]);
  }
  return [...groups.values()];
}

const paintGlyph = (ok: boolean | null, { paint, ascii }: Look): string => {
  const text = padTo(glyph(OUTCOME[`${ok}`], ascii), glyphWidth(ascii));
  if (ok === null) return paint.warn(text);
  return ok ? paint.good(text) : paint.bad(text);
};

/** What was said need not end as a sentence does; what is to be done begins one. */
const asSentences = (said: string, todo: string): string =>
  todo === '' ? said : `${withoutStop(said)}. ${todo}`;

/** What is fulfilled is told in one line; what is not is told in full, with what to do. */
function sayGroup(group: readonly CriterionAnswer[], look: Look): string[] {
  const [worst] = [...group].sort((a, b) => rank(a) - rank(b));
  if (worst === undefined) return [];
  const rows = padTo(group.map((one) => one.row).join(' '), ROWS_WIDTH);
  const head = `    ${paintGlyph(worst.ok, look)} ${rows} ${padTo(group[0]?.text ?? '', TEXT_WIDTH)} `;
  const margin = 4 + glyphWidth(look.ascii) + 1 + ROWS_WIDTH + 1 + TEXT_WIDTH + 1;
  const width = look.columns - margin;
  const said = oneLine(worst.said, 300);
  if (worst.ok && width < LEAST_DETAIL) return [head.trimEnd()];
  if (worst.ok) return [head + look.paint.dim(cutWords(said, width, look.ascii ? '...' : '…'))];
  // What a failed check asks for stands below the call, once.
  const isKnown = worst.ok === false || worst.decides !== undefined;
  const todo = isKnown || worst.todo === undefined ? '' : oneLine(worst.todo, 200);
  const full = asSentences(said, todo);
  if (width < LEAST_DETAIL)
    return [head.trimEnd(), ...wrapWords(full, look.columns - 8).map((line) => `        ${line}`)];
  return wrapWords(full, width).map((line, i) => (i === 0 ? head : ' '.repeat(margin)) + line);
}

function sayCounts(answers: readonly CriterionAnswer[]): string {
  const count = (ok: boolean | null): number => answers.filter((one) => one.ok === ok).length;
  const parts = [`${count(true)} of ${answers.length} fulfilled`];
  if (count(false) > 0) parts.push(`${count(false)} against`);
  if (count(null) > 0) parts.push(`${count(null)} open`);
  return parts.join(' · ');
}

/** Who still has to say something before anybody may decide. */
function sayDeciders({ answers, deciders }: CriteriaStory, look: Look): string[] {
  const rows = answers.filter((one) => one.decides !== undefined && one.ok === null).map((one) => one.row);
  if (rows.length === 0) return [];
  const signs = deciders.length === 0 ? '' : `, and ${deciders.join(', ')} to sign`;
  const text = `Before decision 1 people have to say ${rows.join(', ')}${signs}.`;
  return wrapWords(text, look.columns - 4).map((line) => `    ${look.paint.bold(line)}`);
}

/** Every criterion of the runbook with what is known of it, where from, and what to do (GO-10, NG-08). */
export const sayCriteria = (story: CriteriaStory, look: Look): string[] => [
  `  ${look.paint.bold('Criteria')}   ${sayCounts(story.answers)}`,
  ...groupBySubject(story.answers).flatMap((group) => sayGroup(group, look)),
  ...sayDeciders(story, look),
];
