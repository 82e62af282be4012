import { type Parsed, parseJson } from './parsed.ts';
import { readJunit } from './read-junit.ts';
import { readPlaywright } from './read-playwright.ts';
import type { E2eReport } from './scenario.ts';

/** A report of end-to-end tests: XML is JUnit's, everything else must be Playwright's JSON. */
export function readE2e(text: string): Parsed<E2eReport> {
  if (text.trimStart().startsWith('<')) return readJunit(text);
  const json = parseJson(text);
  return json.ok ? readPlaywright(json.report) : json;
}
