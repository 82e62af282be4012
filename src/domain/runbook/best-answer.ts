import type { Answer } from './rule.ts';

const COMMON = new Set(
  'a an the and or of to in on at by for with from is are be was were all any no not if as it its that this before after when new each every via up out into than per run check verify confirm review ensure make do does done completed complete ready'.split(
    ' ',
  ),
);

/** Words that mean the same in runbooks, so that two names of one thing meet. */
const SAME: readonly (readonly [RegExp, string])[] = [
  [/^(e2e|end-to-end|playwright|cypress)$/, 'endtoend'],
  [/^(vulnerabilit\w+|cve|snyk|audit)$/, 'vulnerability'],
  [/^(db|postgres\w*|neon)$/, 'database'],
  [/^(pay|payments?|stripe)$/, 'payment'],
  [/^(uat|acceptance)$/, 'acceptance'],
  [/^(on-call|oncall)$/, 'oncall'],
  [/^(roll\w*back|rollback)$/, 'rollback'],
];

/** Numbers, blanks to fill in, and what stands in brackets: they say how much, and not what. */
const ASIDES = /\([^)]*\)|\[[^\]]*\]|\{[^}]*\}|https?:\/\/\S+|_{2,}%?|[<>≤≥]?\s*\d+(\.\d+)?\s*(%|ms\b|s\b)?/g;

const stem = (word: string): string => {
  const same = SAME.find(([fits]) => fits.test(word))?.[1];
  return same ?? word.replace(/(ies)$/, 'y').replace(/(ing|ed|es|s|ation|ment)$/, '');
};

/** What a text is about: its words without endings and without those that every text has. */
const stemsOf = (text: string): ReadonlySet<string> =>
  new Set(
    text
      .replace(ASIDES, ' ')
      .toLowerCase()
      .split(/[^\p{L}\p{N}-]+/u)
      .filter((word) => word.length > 2 && !COMMON.has(word))
      .map(stem),
  );

/** Half of the words of a line are in the answer's: less is another thing that shares a word. */
const SHARE = 0.5;

/** The answer that has most of the words of a text; undefined where none has enough of them. */
export function bestAnswer(text: string, answers: readonly Answer[]): Answer | undefined {
  const wanted = stemsOf(text);
  if (wanted.size === 0) return answers[0];
  const scored = answers.map((answer) => {
    const has = stemsOf(answer.words);
    return { answer, share: [...wanted].filter((word) => has.has(word)).length / wanted.size };
  });
  const [best] = scored.sort((a, b) => b.share - a.share);
  return best !== undefined && best.share >= SHARE ? best.answer : undefined;
}
