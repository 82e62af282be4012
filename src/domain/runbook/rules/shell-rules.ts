import { checkCommands, isUnder, TEST } from '../ask.ts';
import type { Command, Fence, RunbookDocument } from '../document.ts';
import { type Hit, hit, type LintRule } from '../rule.ts';
import { cut, pick } from './pick-commands.ts';

/** A failure that ends in words. `|| { echo …; exit 1; }` does not. */
const SWALLOWED =
  /(\|\|\s*(echo|true|:|printf)\b|&&\s*echo\s+["']?[^"']*\b(warn\w*|fail\w*|error|alert)|\|\|\s*:)/i;
const swallows = ({ text }: Command): boolean => SWALLOWED.test(text) && !/\bexit\s+[1-9]/.test(text);

const CURL = /\bcurl\b/;
const ASKS_STATUS = /\s(-\w*f\w*|--fail(-with-body)?|-w\b|--write-out|-I\b|-i\b|--head)(\s|=|$)|http_code/;

/** Its own options, not those of the programs behind a pipe. */
const curlOf = (text: string): string => /\bcurl\b[^|)]*/.exec(text)?.[0] ?? '';

const SECRET_NAME =
  /\$\{?\w*(SECRET|TOKEN|PASSWORD|PASSWD|API_?KEY|PRIVATE_KEY|DATABASE_URL|CREDENTIALS?)(?![A-Z[])/i;

const printsSecret = ({ text }: Command): boolean =>
  (/^\s*(echo|printf|cat <<<)\b/.test(text) &&
    SECRET_NAME.test(text) &&
    !/\|\s*(shasum|sha256sum|wc|md5sum|base64 -d)/.test(text) &&
    !/>\s*\S/.test(text)) ||
  /^\s*(env|printenv|set -x|export -p)\s*$/.test(text);

const ON_ARGV =
  /\b(psql|pg_dump|mysql|redis-cli|mongosh?)\s+(-\w+\s+)*"?\$\{?\w*(URL|DSN|URI)\w*|\bcurl\b.*\s-u\s+"?\$|--password[= ]"?\$|-H\s+"?Authorization:[^"]*\$/i;

/** A script that compares with a file and then makes it say what it found. */
function findOverwritten({ fences }: RunbookDocument): readonly Hit[] {
  return fences.filter(({ kind }) => kind === 'shell').flatMap((fence) => overwrittenIn(fence));
}

function overwrittenIn(fence: Fence): readonly Hit[] {
  const text = fence.lines.join('\n');
  return fence.lines.flatMap((line, i) => {
    const file = /[^2&>]>\s*([\w./${}-]+)\s*$/.exec(line)?.[1];
    if (file === undefined || file.startsWith('/dev/')) return [];
    const isRead =
      text.includes(`cat ${file}`) ||
      text.includes(`< ${file}`) ||
      new RegExp(`\\b(diff|cmp)\\b[^\\n]*\\s${literally(file)}(?=[\\s;)]|$)`, 'm').test(text);
    const compares = /\b(diff|cmp)\b|!=|==|\s-ne\s/.test(text);
    return isRead && compares
      ? [
          {
            line: fence.line + 1 + i,
            col: 1,
            said: `the script compares with ${file} and then overwrites it`,
          },
        ]
      : [];
  });
}

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const SQL_WORDS = /\b(DROP|DELETE|TRUNCATE|ALTER)\b/i;

const ANCHORED = /\bgrep\b(?!.*\s-\w*[xw]).*["']\^\$\{?\w+\}?["']/;

/** Lines of shell that say yes too easily. */
export const shellRules: readonly LintRule[] = [
  {
    id: 'failure-swallowed',
    severity: 'error',
    title: 'A command that fails ends in words and exit code 0',
    why: 'Whatever runs it goes on, and a person has to read every line to notice.',
    next: 'Let it fail: drop what stands behind it, or end that with a code of its own (exit 1).',
    find: pick(swallows, ({ text }) => `"${cut(text)}" cannot fail`),
  },
  {
    id: 'curl-without-fail',
    severity: 'error',
    title: '`curl` without `-f` as a check',
    why: 'It ends with 0 for a 404 and a 500 as well.',
    next: 'Add --fail, or compare the status: -o /dev/null -w "%{http_code}".',
    find: (document) =>
      checkCommands(document)
        .filter(({ text }) => CURL.test(text) && !ASKS_STATUS.test(curlOf(text)))
        .map((one) => hit(one, `"${cut(one.text)}" ends well whatever the answer is`)),
  },
  {
    id: 'secret-printed',
    severity: 'error',
    title: 'A secret is printed',
    why: 'Screens are shared and logs are kept.',
    next: 'Ask whether it is set, and print nothing of it.',
    find: pick(printsSecret, ({ text }) => `"${cut(text)}" shows what must stay hidden`),
  },
  {
    id: 'secret-on-argv',
    severity: 'warn',
    title: 'A secret is an argument of a program',
    why: 'Every user of the machine sees it in the list of processes.',
    next: 'Hand it over by the environment, a file or stdin.',
    find: pick(
      ({ text }) => ON_ARGV.test(text),
      ({ text }) => `"${cut(text)}" shows its secret in the list of processes`,
    ),
  },
  {
    id: 'baseline-overwritten',
    severity: 'error',
    title: 'A comparison overwrites what it compares with',
    why: 'A change is reported once and accepted by that: the next run says that all is well.',
    next: 'Change the baseline by a step of its own, with a person and a reason.',
    find: findOverwritten,
  },
  {
    id: 'grep-as-sql-check',
    severity: 'error',
    title: '`grep` judges SQL',
    why: 'It takes ON DELETE CASCADE, comments, old files and scripts back for danger, and misses NOT NULL, narrowed types and locks.',
    next: 'Parse the files that are about to run (release preflight --files).',
    find: pick(
      ({ text }) => /\b(grep|rg|ag)\b/.test(text) && SQL_WORDS.test(text) && /\.sql\b/.test(text),
      ({ text }) => `"${cut(text)}" reads words, not statements`,
    ),
  },
  {
    id: 'prefix-match',
    severity: 'warn',
    title: 'A name is looked for by its beginning',
    why: 'DATABASE_URL_STAGING answers for DATABASE_URL.',
    next: 'Compare whole names: grep -x, or an end ($).',
    find: pick(
      ({ text }) => ANCHORED.test(text),
      ({ text }) => `"${cut(text)}" takes a longer name for this one`,
    ),
  },
  {
    id: 'any-file-passes',
    severity: 'warn',
    title: 'One file is enough for all',
    why: 'The list is not empty as soon as one release ever had such a file.',
    next: 'Ask for the file that belongs to each pending one.',
    find: pick(
      ({ text }) => /^\s*ls\b.*\*.*(\|\||&&)/.test(text),
      ({ text }) => `"${cut(text)}" passes with a single old file`,
    ),
  },
  {
    id: 'prints-without-judging',
    severity: 'warn',
    title: 'A check prints and judges nothing',
    why: 'It cannot fail, so that it depends on who reads it.',
    next: 'Compare with a limit: openssl x509 -checkend 604800.',
    find: pick(
      ({ text, section }) =>
        isUnder(section, TEST) && /\bopenssl x509\b.*-dates/.test(text) && !/-checkend/.test(text),
      ({ text }) => `"${cut(text)}" shows dates and compares them with nothing`,
    ),
  },
];
