/** `not-judged`: told alone, because nothing can be concluded from it at this moment. */
type IntegrityState = 'ok' | 'broken' | 'unknown' | 'not-judged';

/** What one number must be, compared with the baseline before the change. */
export interface IntegrityRule {
  readonly id: string;
  readonly title: string;
  readonly row?: string | undefined;
  readonly expect: 'zero' | 'not-fewer' | 'within-percent';
  readonly percent?: number | undefined;
}

/** One question, answered. */
export interface IntegrityAnswer {
  readonly id: string;
  readonly row: string | undefined;
  readonly title: string;
  readonly state: IntegrityState;
  /** Null: not known. */
  readonly before: number | null;
  readonly now: number | null;
  readonly growthPercent: number | null;
  readonly said: string;
  /** A server's own words: for the screen alone, because they may quote a row. */
  readonly why?: string | undefined;
}

const growthOf = (now: number, before: number | undefined): number | null =>
  before === undefined || before === 0 ? null : Math.round(((now - before) / before) * 10_000) / 100;

const isWithin = (now: number, before: number, percent: number): boolean =>
  Math.abs(now - before) <= (before * percent) / 100;

function isGood({ expect, percent = 5 }: IntegrityRule, now: number, before: number): boolean {
  if (expect === 'zero') return now <= before;
  return expect === 'not-fewer' ? now >= before : isWithin(now, before, percent);
}

function stateOf(rule: IntegrityRule, now: number, before: number | undefined): IntegrityState {
  // A comparison with nothing is none: rows that were broken before are no regression, and nobody counted them.
  if (before === undefined) return rule.expect === 'zero' && now === 0 ? 'ok' : 'unknown';
  return isGood(rule, now, before) ? 'ok' : 'broken';
}

/**
 * Judges one number. `zero` compares with the baseline, because rows that were broken before are no regression
 * (DAT-05); `not-fewer` is strict, because a lost row is never within tolerance (E-26).
 */
export function judgeIntegrity(
  rule: IntegrityRule,
  now: number,
  before: number | undefined,
): IntegrityAnswer {
  const { id, row, title } = rule;
  const was = before === undefined ? 'no baseline' : `baseline ${before}`;
  const numbers = { before: before ?? null, now, growthPercent: growthOf(now, before) };
  return { id, row, title, state: stateOf(rule, now, before), ...numbers, said: `${title}: ${now} (${was})` };
}

type Named = Pick<IntegrityRule, 'id' | 'row' | 'title'>;

/** A question without an answer is neither good nor bad. */
export const unknownIntegrity = (
  { id, row, title }: Named,
  before: number | undefined,
  said: string,
  why?: string,
): IntegrityAnswer => ({
  ...{ id, row, title, state: 'unknown', before: before ?? null, now: null, growthPercent: null },
  said: `${title}: ${said}`,
  ...(why === undefined ? {} : { why }),
});

const toldAlone = ({ id, row, title }: Named, before: number | null, said: string): IntegrityAnswer => ({
  ...{ id, row, title, state: 'not-judged', before, now: null, growthPercent: null, said },
});

/** What there was to ask for at the baseline, and is no more. */
export const goneIntegrity = (rule: Named, before: number | undefined): IntegrityAnswer =>
  toldAlone(rule, before ?? null, `${rule.title}: its table or column is gone, and was not counted`);

/** A reference that the configuration leaves out. */
export const leftOutIntegrity = ({ id, row, title }: Named, name: string): IntegrityAnswer =>
  toldAlone({ id: `${id}:${name}`, row, title }, null, `${title}: ${name} is left out by the configuration`);

/** The same answer, told and not judged. */
export const withoutJudgement = (answer: IntegrityAnswer, why: string): IntegrityAnswer =>
  answer.state === 'unknown' ? answer : { ...answer, state: 'not-judged', said: `${answer.said}: ${why}` };

/**
 * The same of a table from which users may delete rows themselves: fewer rows are known, and who took them is not, so that
 * people have to find out (E-26: minus audited deletes). More than `mayDeletePercent` of them no user takes.
 */
export function doubtLoss(
  { mayDeletePercent = 100 }: { readonly mayDeletePercent?: number | undefined },
  answer: IntegrityAnswer,
): IntegrityAnswer {
  const { state, before, now, said } = answer;
  if (state !== 'broken' || before === null || now === null) return answer;
  if (((before - now) / before) * 100 > mayDeletePercent) return answer;
  return {
    ...answer,
    state: 'unknown',
    said: `${said}: ${before - now} fewer, and nobody records who deleted`,
  };
}

export const brokenIntegrity = (answers: readonly IntegrityAnswer[]): readonly IntegrityAnswer[] =>
  answers.filter(({ state }) => state === 'broken');

const BASELINE = '{baseline}';

/** True when a query counts up to the moment of the baseline. */
export const needsBaseline = (sql: string): boolean => sql.includes(BASELINE);

/**
 * The query with the moment of the baseline in it, as a timestamp. A window that ends at now() would be another
 * window at the second count, and rows that left it would look lost (E-26). `at` is in seconds since 1970.
 */
export const fillBaseline = (sql: string, at: number): string =>
  sql.replaceAll(BASELINE, `to_timestamp(${at})`);
