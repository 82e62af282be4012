import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../../config/problem.ts';
import type { Runbook } from '../../config/schema/index.ts';
import { didYouMean } from '../../domain/suggest.ts';
import { isTemplateName, TEMPLATE_NAMES } from '../../domain/template-names.ts';
import { lintTemplate } from '../../report/messages/lint-template.ts';
import { makeSampleViews } from '../../report/messages/sample-views.ts';

const NOT_TEMPLATES = ['README.md'];

function checkOne(folder: string, file: string, runbook: Runbook): readonly Problem[] {
  const shown = `templates/${file}`;
  const name = file.replace(/\.md$/, '');
  if (!isTemplateName(name)) {
    const message = `no message has this name, so nobody reads the file.${didYouMean(name, TEMPLATE_NAMES)}`;
    return [{ file: shown, line: 1, col: 1, severity: 'warn', message, sourceLine: '', width: 1 }];
  }
  const source = readFileSync(join(folder, file), 'utf8');
  const lines = source.split('\n');
  const env = Object.keys(runbook.environments)[0] ?? '';
  return lintTemplate({ shown, source }, makeSampleViews(name, env, runbook)).map((one) => ({
    ...{ ...one, file: shown, sourceLine: lines[one.line - 1] ?? '', width: 1 },
  }));
}

/** What is wrong with the owner's own message templates beside the configuration. None there: none wrong. */
export function checkTemplates(root: string, runbook: Runbook): readonly Problem[] {
  const folder = join(root, 'templates');
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith('.md') && !NOT_TEMPLATES.includes(file));
  return files.sort().flatMap((file) => checkOne(folder, file, runbook));
}
