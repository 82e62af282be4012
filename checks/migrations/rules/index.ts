import type { Family, Rule } from '../lint/rule.ts';
import { behaviours } from './behaviour.ts';
import { constraints } from './constraints.ts';
import { drops } from './drops.ts';
import { fileRules } from './files.ts';
import { heavyWork } from './heavy.ts';
import { indexes } from './indexes.ts';
import { newColumns } from './new-columns.ts';
import { nulls } from './nulls.ts';
import { renames } from './renames.ts';
import { rights } from './rights.ts';
import { rows } from './rows.ts';
import { styles } from './style.ts';
import { transactionRules } from './transactions.ts';
import { types } from './types.ts';
import { unjudgedStatements } from './unjudged.ts';
import { unreadRules } from './unread.ts';

/** Rules that look at one statement after the other. */
export const families: readonly Family[] = [
  drops,
  rows,
  renames,
  types,
  newColumns,
  nulls,
  constraints,
  indexes,
  heavyWork,
  rights,
  behaviours,
  unjudgedStatements,
  styles,
];

/** Every rule, by the number of its row. */
export const rules: readonly Rule[] = [
  ...families.flatMap((family) => family.rules),
  ...transactionRules,
  ...unreadRules,
  ...fileRules,
].sort((a, b) => a.row - b.row);

/** The rule with this id. */
export const findRule = (id: string): Rule | undefined => rules.find((rule) => rule.id === id);
