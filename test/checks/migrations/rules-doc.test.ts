import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Rule } from '../../../checks/migrations/lint/rule.ts';
import { rules } from '../../../checks/migrations/rules/index.ts';
import { readCorpus } from '../../support/migrations/read-corpus.ts';

const levelOf = ({ level, isStyle }: Rule): string => (isStyle ? 'note, off' : level);
const rowOf = (rule: Rule): string =>
  `| ${rule.row} | \`${rule.id}\` | ${rule.class} | ${levelOf(rule)} | ${rule.sees} | ${rule.remedy} |`;

const table = [
  '| Row | Rule | Class | Level | Sees | Instead |',
  '|---|---|---|---|---|---|',
  ...rules.map(rowOf),
].join('\n');

describe('the rules of the lint', () => {
  it('MIG-02: docs/migrations.md lists every rule as the code has it', () => {
    expect(readFileSync('docs/migrations.md', 'utf8')).toContain(table);
  });

  it('MIG-02: cover every row from 1 to 40, each rule with an id of its own', () => {
    const rows = new Set(rules.map((rule) => rule.row));
    expect(Array.from({ length: 40 }, (_, i) => i + 1).filter((row) => !rows.has(row))).toEqual([]);
    expect(new Set(rules.map((rule) => rule.id)).size).toBe(rules.length);
    for (const { id } of rules) expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });

  it('MIG-02: each rule about statements is proven by a case of the corpus', () => {
    const seen = readCorpus('test/checks/migrations/corpus')
      .flatMap(([, cases]) => cases)
      .flatMap((one) => one.expected.map((label) => label.split(' ')[0]));
    const elsewhere = new Set([35, 36, 38]);
    const missing = rules.filter(
      (rule) => !elsewhere.has(rule.row) && !rule.isStyle && !seen.includes(rule.id),
    );
    expect(missing.map((rule) => rule.id)).toEqual([]);
  });
});
