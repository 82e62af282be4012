import { isMap, isScalar, type Pair, visit } from 'yaml';
import type { Source } from './parse-yaml.ts';
import { problemInRange } from './place.ts';
import type { Problem } from './problem.ts';

// They reach into every object of the program when a careless hand copies them.
const UNSAFE = ['__proto__', 'constructor', 'prototype'];

function judgeKey(pair: Pair): string | undefined {
  if (isMap(pair.key) || !isScalar(pair.key)) return 'a key must be plain text';
  const { value } = pair.key;
  if (UNSAFE.includes(String(value))) return `"${value}" may not be a key`;
  return typeof value === 'object' ? 'a key must be plain text' : undefined;
}

/** Keys that no configuration needs and that could do harm. */
export function checkKeys(source: Source): readonly Problem[] {
  const problems: Problem[] = [];
  visit(source.document, {
    Pair: (_, pair) => {
      const wrong = judgeKey(pair);
      const range = (pair.key as { range?: [number, number, number] } | null)?.range;
      if (wrong) problems.push(problemInRange(source, range ? [range[0], range[1]] : [0, 1], wrong));
    },
  });
  return problems;
}
