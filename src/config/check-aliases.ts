import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, type Pair, visit } from 'yaml';
import type { Source } from './parse-yaml.ts';
import { problemInRange } from './place.ts';
import type { Problem } from './problem.ts';

const isMerge = ({ key }: Pair): boolean =>
  isScalar(key) && typeof key.value === 'symbol' && key.value.description === '<<';

const isMapping = (source: Source, node: unknown): boolean =>
  isMap(isAlias(node) ? node.resolve(source.document) : node);

/** `<<` takes a map, or a list of maps; each is written there or stands behind an alias. */
function canMerge(source: Source, value: unknown): boolean {
  const whole = isAlias(value) ? value.resolve(source.document) : value;
  return isSeq(whole) ? whole.items.every((one) => isMapping(source, one)) : isMap(whole);
}

const at = (source: Source, node: unknown, message: string): Problem => {
  const range = (node as Node | null)?.range;
  return problemInRange(source, range ? [range[0], range[1]] : [0, 1], message);
};

const sayCircle = ({ source: name }: Alias): string =>
  `*${name} stands inside what it names, which has no end`;

/** Aliases that cannot be expanded: they name what they stand in, or `<<` merges what is no map. */
export function checkAliases(source: Source): readonly Problem[] {
  const problems: Problem[] = [];
  visit(source.document, {
    Alias: (_, alias, outer) => {
      const named = alias.resolve(source.document);
      if (outer.some((one) => one === named)) problems.push(at(source, alias, sayCircle(alias)));
    },
    Pair: (_, pair) => {
      if (isMerge(pair) && !canMerge(source, pair.value))
        problems.push(at(source, pair.key, '"<<" merges maps only: give it an alias (*name) of a map'));
    },
  });
  return problems;
}
