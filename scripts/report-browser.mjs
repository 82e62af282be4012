#!/usr/bin/env node
// npm run report-browser -- [--shots folder]
// Looks at the report in a real browser: three widths, both colour schemes, paper, rules of accessibility, no request, no error.
// CHROMIUM names the browser; without it the usual places are tried, and where there is none this ends with 1.
import { importBundled } from './import-bundled.mjs';

const { main } = await importBundled('test/report-browser/report-browser.ts', 'report-browser', [
  'playwright-core',
  'axe-core',
]);
process.exitCode = await main(process.argv.slice(2));
