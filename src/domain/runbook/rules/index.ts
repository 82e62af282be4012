import type { LintRule } from '../rule.ts';
import { answerRules } from './answer-rules.ts';
import { databaseRules } from './database-rules.ts';
import { gitRules } from './git-rules.ts';
import { healthRules } from './health-rules.ts';
import { limitRules } from './limit-rules.ts';
import { peopleRules } from './people-rules.ts';
import { rollbackRules } from './rollback-rules.ts';
import { shellRules } from './shell-rules.ts';
import { sqlRules } from './sql-rules.ts';
import { testRules } from './test-rules.ts';
import { textRules } from './text-rules.ts';
import { timeRules } from './time-rules.ts';
import { toolRules } from './tool-rules.ts';

/** Every rule by what it is about. */
export const RULE_GROUPS: readonly (readonly [title: string, rules: readonly LintRule[]])[] = [
  ['Limits', limitRules],
  ['Git and publishing', gitRules],
  ['Databases', databaseRules],
  ['SQL', sqlRules],
  ['Shell', shellRules],
  ['Tools', toolRules],
  ['Tests', testRules],
  ['Answers of services', healthRules],
  ['The way back, and messages', rollbackRules],
  ['People', peopleRules],
  ['Times', timeRules],
  ['The text', textRules],
  ['The configuration', answerRules],
];

export const LINT_RULES: readonly LintRule[] = RULE_GROUPS.flatMap(([, rules]) => rules);
