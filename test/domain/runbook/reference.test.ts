import { describe, expect, it } from 'vitest';
import { SUPPRESSION_RULES } from '../../../src/domain/runbook/lint-runbook.ts';
import type { LintRule } from '../../../src/domain/runbook/rule.ts';
import { RULE_GROUPS } from '../../../src/domain/runbook/rules/index.ts';

const cell = (text: string): string => text.replace(/\|/g, '\\|');

const row = ({ id, severity, title, why, next }: LintRule): string =>
  `| \`${id}\` | ${severity} | ${cell(title)} | ${cell(why)} | ${cell(next)} |`;

const document = [
  '# A runbook that contradicts itself',
  '',
  'Made from `src/domain/runbook/rules/` by `npx vitest run test/domain/runbook/reference.test.ts -u`.',
  '',
  'A runbook is text until somebody follows it, under pressure. `release config check --runbook RUNBOOK.md` reads it before:',
  '',
  '```sh',
  'release config check --runbook docs/RELEASE_RUNBOOK.md                     # every finding with file, line and column',
  'release config check --runbook docs/RELEASE_RUNBOOK.md --json              # the same for machines',
  'release config check --runbook docs/RELEASE_RUNBOOK.md --out runbook.sarif # on the pull request',
  '```',
  '',
  'In a pipe each finding is one line, `file:line:col: error: what — why — what to do [rule]`; a terminal shows each rule once,',
  'errors first. Exit 0: no error · 2: the configuration is wrong, or the file cannot be read · 3: the runbook has an error ·',
  '4: only secrets are missing. Warnings alone end with 0.',
  '',
  'The text is read as Markdown: headings, lists and boxes, tables, blocks of shell and SQL, texts of messages. Nothing of it is run.',
  'With a configuration beside it roles, hosts, scripts of `package.json` and what answers each box are compared as well; without',
  'one, or with a wrong one, the result says that they were not.',
  '',
  '**What a rule can know.** A rule finds a kind of mistake by how it is written, in any runbook; it does not understand the',
  'text. What it says is to be looked at by a person, and no finding is no proof. `row-unanswered` compares words: it names boxes',
  'to think about, and some of them are answered under another name.',
  '',
  '## Accepting a finding',
  '',
  'A comment hides findings of the next line, or of the whole block that begins there, and must say why:',
  '',
  '```markdown',
  '<!-- runbook-lint-disable-next-line curl-without-fail the page has no status, its text is read -->',
  '```',
  '',
  'Several rules are joined by commas. What is accepted is counted at the end and stands in `--json` with its reason. These cannot be',
  'switched off:',
  '',
  ...Object.entries(SUPPRESSION_RULES).map(
    ([id, title]) => `- \`${id}\`: ${title[0]?.toLowerCase()}${title.slice(1)}`,
  ),
  '',
  '## A runbook that cannot contradict the configuration',
  '',
  '`release config docs --out RUNBOOK.md` writes the runbook that the configuration really carries out: roles and owners,',
  'environments, calendar, every check of every gate (and those that are not asked, with the reason), every limit, decisions,',
  'handoffs, the plans of a deploy and of each way back with how a step is taken back, messages, watch, week and tasks. The same',
  'configuration gives the same text. Secrets stand in it by name alone, people by name alone. The linter finds nothing in it,',
  'which a test holds for several configurations.',
  '',
  '## The rules',
  '',
  'error: the runbook would say yes wrongly, lose something, or cannot work. warn: it leaves something open.',
  ...RULE_GROUPS.flatMap(([title, rules]) => [
    '',
    `### ${title}`,
    '',
    '| Rule | | Finds | Why | What to do |',
    '|---|---|---|---|---|',
    ...rules.map(row),
  ]),
  '',
].join('\n');

describe('the reference of the linter', () => {
  it('docs/runbook-lint.md says what the rules say', async () => {
    await expect(document).toMatchFileSnapshot('../../../docs/runbook-lint.md');
  });
});
