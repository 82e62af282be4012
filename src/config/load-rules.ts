import { resolve } from 'node:path';
import type { RuleBook } from '../domain/watch/rule.ts';
import { nameOf, readConfig } from './find-file.ts';
import { makeRuleBook } from './make-rule-book.ts';
import { parseSource, readValues } from './parse-yaml.ts';
import { problemAt, problemInRange } from './place.ts';
import { ConfigError } from './problem.ts';
import { ruleFileSchema } from './schema/rules.ts';
import { checkRules } from './sense/check-rules.ts';

/**
 * The rules of a file, YAML or JSON: `rules`, and if wanted `budgets`, `critical` and `monitoring`. Throws ConfigError
 * (E_CONFIG_INVALID) with every problem at its place.
 */
export function loadRules(cwd: string, path: string): RuleBook {
  const source = parseSource(nameOf(cwd, resolve(cwd, path)), readConfig(resolve(cwd, path)));
  const [broken] = source.document.errors;
  if (broken !== undefined)
    throw new ConfigError([problemInRange(source, broken.pos, broken.message.split('\n')[0] ?? '')]);
  const parsed = ruleFileSchema.safeParse(readValues(source));
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map((one) => problemAt(source, one.path, one.message)));
  const problems = checkRules(parsed.data).map(({ path: at, message }) => problemAt(source, at, message));
  if (problems.length > 0) throw new ConfigError(problems);
  const { critical } = parsed.data;
  const book = makeRuleBook(parsed.data);
  return critical.length === 0 ? book : { ...book, critical };
}
