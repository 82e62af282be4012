import { readFileSync } from 'node:fs';
import { checkText } from '../../src/config/load.ts';

/** The runbook of RuR2. */
export const TEXT = readFileSync('runbook.config.yaml', 'utf8');

/** What is said when one place of the runbook reads differently, and the text that the caret starts at. */
export function sayChanged(was: string, now: string): { readonly said: string; readonly at: string }[] {
  if (!TEXT.includes(was)) throw new Error(`the runbook does not say: ${was}`);
  const text = TEXT.replace(was, now);
  return checkText('runbook.config.yaml', text).problems.map((one) => ({
    said: `${one.severity}: ${one.message}`,
    at: (text.split('\n')[one.line - 1] ?? '').slice(one.col - 1),
  }));
}
