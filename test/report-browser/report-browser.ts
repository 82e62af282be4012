import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { writePage } from '../../src/report/page/write-page.ts';
import { largeReport, measure, sampleReport, sampleTicks } from '../support/report-sample.ts';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const WIDTHS = [360, 800, 1400];

const PAGES = {
  bare: () => writePage(sampleReport()),
  measured: () => writePage(sampleReport({ measured: measure(sampleTicks(4, 3600)) })),
  large: () => writePage(largeReport()),
};

const findBrowser = (): string | undefined =>
  [process.env.CHROMIUM ?? '', ...PLACES].find((place) => place !== '' && existsSync(place));

/** What is wrong with a page at a width and in a colour scheme, in words. */
async function look(page: Page, file: string, axe: string): Promise<readonly string[]> {
  const wrong: string[] = [];
  page.on('console', (message) => wrong.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => wrong.push(`error: ${error.message}`));
  page.on('request', (request) => {
    if (request.url() !== file) wrong.push(`request: ${request.url()}`);
  });
  await page.goto(file);
  // Runs in the page, past its policy: the page itself may run nothing.
  const [wide, room] = (await page.evaluate('[document.documentElement.scrollWidth, innerWidth]')) as [
    number,
    number,
  ];
  if (wide > room) wrong.push(`${wide} px wide in ${room}`);
  await page.evaluate(axe);
  const broken = (await page.evaluate(
    'axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "best-practice"] }).then((told) => told.violations.map((one) => one.id + ": " + one.nodes.length + " × " + one.nodes[0].html.slice(0, 160)))',
  )) as readonly string[];
  return [...wrong, ...broken];
}

/** On paper every table of numbers is open. */
async function print(page: Page, file: string, to: string): Promise<readonly string[]> {
  await page.goto(file);
  await page.emulateMedia({ media: 'print' });
  const closed = (await page.evaluate(
    '[...document.querySelectorAll("figure details table")].filter((one) => one.getBoundingClientRect().height === 0).length',
  )) as number;
  const pdf = await page.pdf({ path: to, preferCSSPageSize: true });
  return [
    ...(closed > 0 ? [`${closed} tables are not on paper`] : []),
    ...(pdf.subarray(0, 4).toString() === '%PDF' ? [] : ['is no PDF']),
  ];
}

async function lookAtAll(browser: Browser, folder: string, shots: string | undefined): Promise<number> {
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  let count = 0;
  for (const [name, write] of Object.entries(PAGES)) {
    const path = join(folder, `${name}.html`);
    writeFileSync(path, write());
    const file = pathToFileURL(path).href;
    for (const colorScheme of ['light', 'dark'] as const)
      for (const width of WIDTHS) {
        const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
        const wrong = await look(page, file, axe);
        if (shots)
          await page.screenshot({ path: join(shots, `${name}-${width}-${colorScheme}.png`), fullPage: true });
        await page.close();
        count += wrong.length;
        process.stdout.write(
          `${wrong.length === 0 ? 'ok  ' : 'FAIL'} ${name} ${width} ${colorScheme}\n${wrong.map((one) => `     ${one}\n`).join('')}`,
        );
      }
    const page = await browser.newPage();
    const wrong = await print(page, file, join(shots ?? folder, `${name}.pdf`));
    await page.close();
    count += wrong.length;
    process.stdout.write(
      `${wrong.length === 0 ? 'ok  ' : 'FAIL'} ${name} paper\n${wrong.map((one) => `     ${one}\n`).join('')}`,
    );
  }
  return count;
}

/** Gives the exit code: 0 all is well, 1 something is not, or there is no browser. */
export async function main(words: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...words], options: { shots: { type: 'string' } } });
  const executablePath = findBrowser();
  if (executablePath === undefined) {
    process.stderr.write(
      'No Chromium: apt-get install chromium, or name one in CHROMIUM. Nothing was looked at.\n',
    );
    return 1;
  }
  const { chromium } = await import('playwright-core');
  if (values.shots) mkdirSync(values.shots, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'release-report-'));
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    return (await lookAtAll(browser, folder, values.shots)) === 0 ? 0 : 1;
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
