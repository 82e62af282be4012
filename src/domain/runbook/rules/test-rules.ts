import {
  checkCommands,
  deploySteps,
  hostOf,
  isProductionHost,
  isSameChapter,
  isUnder,
  somewhere,
  TEST,
  workLines,
} from '../ask.ts';
import type { Command, RunbookDocument, Table } from '../document.ts';
import { readRange } from '../limits/read-range.ts';
import { sayNumber } from '../limits/say-range.ts';
import { type Hit, hit, type Known, type LintRule } from '../rule.ts';

const pathOf = ({ text }: Command): string => /https?:\/\/[^\s/"']+(\/[^\s?"']*)/.exec(text)?.[1] ?? '';
const isWrite = ({ text }: Command): boolean =>
  /\bcurl\b/.test(text) && /\s(-X\s*|--request[= ])(POST|PUT|PATCH)\b/.test(text);
const HARMLESS = /\/(login|logout|auth|session|token|webhooks?|health|search|graphql|maintenance)\b/i;
const CLEANS = /\b(clean ?up|tear ?down|delete|remove|purge|expire)\w*\b/i;

/** What a test makes in production and nobody takes away again. */
function findLeft(document: RunbookDocument, { productionHosts }: Known): readonly Hit[] {
  const writes = checkCommands(document).filter(
    (one) => isWrite(one) && isProductionHost(hostOf(one), productionHosts) && !HARMLESS.test(pathOf(one)),
  );
  return writes
    .filter((one, i) => writes.findIndex(({ section }) => isSameChapter(section, one.section)) === i)
    .filter(
      (one) =>
        !workLines(document).some(
          ({ text, section }) => isSameChapter(section, one.section) && CLEANS.test(text),
        ),
    )
    .map((one) => {
      const count = writes.filter(({ section }) => isSameChapter(section, one.section)).length;
      return hit(one, `${count} calls of these tests write into production, and none takes it away again`);
    });
}

const TEST_VALUE = /\b((sk|pk|rk|price|cs|pi|cus|prod|acct)_test_\w*|4242\s?4242\s?4242\s?4242|tok_visa)\b/;

const findTestValues = ({ commands }: RunbookDocument, { productionHosts }: Known): readonly Hit[] =>
  commands
    .filter((one) => isProductionHost(hostOf(one), productionHosts))
    .flatMap((one) => {
      const value = TEST_VALUE.exec(one.text)?.[1];
      return value === undefined
        ? []
        : [hit(one, `${value} is a value of test mode, and the address is production`)];
    });

const ACTS =
  /["']type["']\s*:\s*["']([\w.]+\.(completed|succeeded|paid|created|failed|refunded|canceled|deleted|updated))["']/;

const findActing = ({ commands }: RunbookDocument, { productionHosts }: Known): readonly Hit[] =>
  commands
    .filter((one) => /webhook/i.test(pathOf(one)) && isProductionHost(hostOf(one), productionHosts))
    .flatMap((one) => {
      const type = ACTS.exec(one.text)?.[1];
      return type === undefined
        ? []
        : [hit(one, `an event ${type} that is accepted would be acted on: goods, money, mail`)];
    });

const ON =
  /\b(enable|turn on|activate|switch on)\b.*\bmaintenance\b|\bmaintenance\b.*\b(on|enabled?)\b(?!.*\boff\b)/i;
const OFF = /\b(disable|turn off|deactivate|remove|switch off|end|leave)\b.*\bmaintenance\b/i;
const TESTS = /\b(smoke tests?|health (verification|check)|critical paths?|initial error rates?)\b/i;

/** Tests between "maintenance on" and "maintenance off" meet the maintenance page. */
function findBehind(document: RunbookDocument): readonly Hit[] {
  const lines = workLines(document);
  if (somewhere(lines, /\bbypass\b|\ballow-?list/i)) return [];
  const steps = deploySteps(document);
  const on = steps.find(({ text }) => ON.test(text) && !OFF.test(text));
  const off = steps.find(({ text, line }) => on !== undefined && line > on.line && OFF.test(text));
  const test = steps.find(
    ({ text, line }) =>
      on !== undefined && off !== undefined && line > on.line && line < off.line && TESTS.test(text),
  );
  if (on === undefined || off === undefined || test === undefined) return [];
  return [
    hit(test, `maintenance mode is on from line ${on.line} to line ${off.line}: these tests meet its page`),
  ];
}

const LITERAL = /["']version["']\s*:\s*["']v?\d+\.\d+\.\d+["']/;

const findLiteral = (document: RunbookDocument): readonly Hit[] =>
  document.commands.flatMap(({ below }) =>
    below
      .filter(({ text }) => LITERAL.test(text))
      .map((one) =>
        hit(one, 'the expected version is written out: the old build, or any, passes a look at the status'),
      ),
  );

/** With 95 % confidence, and no failure seen. */
const CONFIDENT = 3;
const SAMPLES =
  /\b(?:n\s*=\s*|at least\s+|samples?:?\s*)(\d+)|\b(\d[\d,]*)\s+(?:requests|samples|calls|iterations|tries|probes)\b/i;

function ratesOf({ head, rows, section }: Table): readonly (Hit & { readonly share: number })[] {
  const column = head.findIndex((title) => /\b(error|failure)s?\b.*\b(rate|share)?|\bloss\b/i.test(title));
  if (column < 0 || !isUnder(section, TEST)) return [];
  return rows.flatMap(({ line, col, cells }) => {
    const read = readRange(cells[column] ?? '');
    const share = read?.range.high ?? Number.NaN;
    return read?.unit === '%' && share > 0 && Number.isFinite(share) ? [{ line, col, said: '', share }] : [];
  });
}

/** A rate in a table of what a few calls are to show. */
function findUnproven(document: RunbookDocument): readonly Hit[] {
  return document.tables.flatMap((table) => {
    const [strictest] = [...ratesOf(table)].sort((a, b) => a.share - b.share);
    if (strictest === undefined) return [];
    const needed = Math.ceil((CONFIDENT / strictest.share) * 100);
    const stated = workLines(document)
      .filter(({ section }) => isSameChapter(section, table.section))
      .map(({ text }) => SAMPLES.exec(text))
      .find((found) => found !== null);
    const count = Number((stated?.[1] ?? stated?.[2] ?? '1').replace(/,/g, ''));
    if (count >= needed) return [];
    const has = stated ? `${count} calls` : 'a single call of each';
    return [
      hit(
        strictest,
        `less than ${sayNumber(strictest.share, '%')} needs ${needed} calls without a failure; ${has} shows neither that nor a P95`,
      ),
    ];
  });
}

const FIXED_ID = /\/(\d{2,})(\/|$)/;

/** Tests, and what they touch. */
export const testRules: readonly LintRule[] = [
  {
    id: 'unproven-rate',
    severity: 'error',
    title: 'A rate that so few calls cannot show',
    why: 'With none of n calls failed the rate may still be 3/n: a good run proves nothing of it.',
    next: 'State how many calls are made; judge rates on real traffic, and call fewer samples "not known".',
    find: findUnproven,
  },
  {
    id: 'test-data-left',
    severity: 'error',
    title: 'Tests write into production and leave it there',
    why: 'Their rows are counted, billed, mailed and shown to users, more of them with each release.',
    next: 'Mark what is made and delete it, last first, also when the test fails.',
    find: findLeft,
  },
  {
    id: 'test-value-in-production',
    severity: 'error',
    title: 'A value of test mode in a call to production',
    why: 'Live keys do not know it: the step fails on every release.',
    next: 'Use a live value that costs nothing and is taken back, or say that it is not proven there.',
    find: findTestValues,
  },
  {
    id: 'acting-event',
    severity: 'error',
    title: 'A test event that the application would act on',
    why: 'Signed as it should be it delivers goods for nothing; unsigned it proves nothing.',
    next: 'Sign an event of a type that nobody acts on.',
    find: findActing,
  },
  {
    id: 'test-behind-maintenance',
    severity: 'error',
    title: 'Tests run while maintenance mode keeps everybody out',
    why: 'Every call gets the maintenance page, and no traffic means no error rate.',
    next: 'Give tests a way past it (a header), and judge rates once users are back.',
    find: findBehind,
  },
  {
    id: 'version-literal',
    severity: 'error',
    title: 'The expected version is written out',
    why: 'It is wrong from the next release on, so that people stop comparing, and the old build passes.',
    next: 'Compare with the version of this release, several times in a row, before anything else is tested.',
    find: findLiteral,
  },
  {
    id: 'fixed-id',
    severity: 'warn',
    title: 'An id of one database is written into a test',
    why: 'It is another row elsewhere, or none.',
    next: 'Take it from the answer of an earlier call.',
    find: (document) =>
      checkCommands(document)
        .filter((one) => /\bcurl\b/.test(one.text) && FIXED_ID.test(pathOf(one)))
        .map((one) => hit(one, `${FIXED_ID.exec(pathOf(one))?.[1]} is a row of one database`)),
  },
];
