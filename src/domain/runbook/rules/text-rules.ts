import { isMessage, isUnder } from '../ask.ts';
import type { RunbookDocument } from '../document.ts';
import { type Hit, hit, type Known, type LintRule } from '../rule.ts';
import { writtenSecretAt } from '../written-secrets.ts';

/** UTF-8 that was read as another character set, or that is none. */
const GARBLED =
  /â€[\u0080-\u{10ffff}]|Ã[\u0080-\u00bf¢£¤¥¦§¨©ª«¬®¯°±²³´µ¶·¸¹º»¼½¾¿]|Â[\u00a0-\u00bf]|ðŸ|‚(?:ú|Ñ|ö|è|Ü)|Ô∏è|ü[\u2000-\u{10ffff}]|\u{f8ff}|\ufffd/u;

const onLines =
  (find: (line: string) => number | undefined, said: (line: string) => string) =>
  ({ lines }: Pick<RunbookDocument, 'lines'>): readonly Hit[] =>
    lines.flatMap((line, i) => {
      const at = find(line);
      return at === undefined || at < 0
        ? []
        : [{ line: i + 1, col: [...line.slice(0, at)].length + 1, said: said(line) }];
    });

const LATER = /\b(TBD|TBA|TODO|FIXME|XXX|CHANGEME)\b|\b[Ll]orem ipsum\b/;
const HOLE = /<((your|insert)\b[^>]*|name|owner|date|link|version|team)>/i;

/** In a command, between back-ticks or in a block, `<name>` is what whoever runs it fills in. */
function findPlaceholders({ lines, fences }: RunbookDocument): readonly Hit[] {
  const isFenced = (line: number): boolean =>
    fences.some((one) => line > one.line && line <= one.line + one.lines.length);
  return lines.flatMap((line, i) => {
    const prose = line.replace(/`[^`]*`/g, (code) => ' '.repeat(code.length));
    const found = LATER.exec(line) ?? (isFenced(i + 1) ? null : HOLE.exec(prose));
    return found === null
      ? []
      : [{ line: i + 1, col: found.index + 1, said: `"${found[0]}" was left for later` }];
  });
}

function findLinks({ lines, sections, fences }: RunbookDocument): readonly Hit[] {
  const anchors = new Set(sections.map(({ anchor }) => anchor));
  const isFenced = (line: number): boolean =>
    fences.some((one) => line > one.line && line <= one.line + one.lines.length);
  return lines.flatMap((line, i) =>
    isFenced(i + 1)
      ? []
      : [...line.matchAll(/\]\(#([^)\s]+)\)/g)]
          .filter(
            (link) =>
              !anchors.has(decodeURIComponent(link[1] ?? '').toLowerCase()) &&
              !line.includes(`id="${link[1]}"`),
          )
          .map((link) => ({ line: i + 1, col: link.index + 1, said: `there is no section "#${link[1]}"` })),
  );
}

const NUMBERED = /\bstep (\d+)\b/i;

/** Only where headings number their steps: elsewhere nobody knows which list is meant. */
function findStepLinks({ statements, sections }: RunbookDocument): readonly Hit[] {
  const known = sections.flatMap(({ title }) => NUMBERED.exec(title)?.[1] ?? []);
  if (known.length === 0) return [];
  return statements
    .filter(
      ({ kind, text }) => kind !== 'heading' && /\b(see|from|in|back to|repeat|after) step \d+\b/i.test(text),
    )
    .filter(({ text }) => !known.includes(NUMBERED.exec(text)?.[1] ?? ''))
    .map((one) => hit(one, `there is no step ${NUMBERED.exec(one.text)?.[1]}`));
}

const STAGING = /\b(staging|test|development|dev|sandbox)\b/i;

function findWrongHosts({ commands }: RunbookDocument, { productionHosts }: Known): readonly Hit[] {
  const isProduction = (text: string): boolean =>
    /https?:\/\/[^\s/"']*prod/i.test(text) ||
    productionHosts.some((host) => text.includes(`//${host}`)) ||
    /_PROD\b/.test(text);
  return commands
    .filter(
      ({ section, text, above }) =>
        (isUnder(section, /\bstaging\b/i) && !isUnder(section, /\bprod/i)) || isForStaging(above, text),
    )
    .filter(({ text }) => isProduction(text))
    .map((one) => hit(one, 'this is for staging, and the address is production'));
}

const isForStaging = (above: readonly string[], text: string): boolean =>
  above.some(
    (line) => /\b(on|in|for|against) (staging|the test environment)\b/i.test(line) && STAGING.test(line),
  ) && !/staging/i.test(text);

const DATES = /\bnext review( date)?\b\D{0,10}(\d{4}-\d{2}-\d{2})/i;

const findOverdue = ({ statements }: RunbookDocument, { today }: Known): readonly Hit[] =>
  statements.flatMap((one) => {
    const date = DATES.exec(one.text)?.[2];
    return date === undefined || date >= today ? [] : [hit(one, `the review of ${date} is overdue`)];
  });

/** Two ways to leave something out in one message: what fills them in knows one. */
const findMixed = ({ fences }: RunbookDocument): readonly Hit[] =>
  fences.filter(isMessage).flatMap((fence) => {
    const text = fence.lines.join('\n');
    const kinds = [/\{[a-z_ /-]+\}/i, /\[[A-Z][^\]]*\](?!\()/, /<[a-z_ -]+>/].filter((kind) =>
      kind.test(text),
    );
    return kinds.length < 2
      ? []
      : [hit(fence, 'what is to be filled in is written in several ways: {x} and [x]')];
  });

/** The text itself. */
export const textRules: readonly LintRule[] = [
  {
    id: 'mojibake',
    severity: 'error',
    title: 'Garbled characters',
    why: 'The file was saved in one character set and read in another; people copy it into messages.',
    next: 'Take the character from an older version, and save as UTF-8.',
    find: onLines(
      (line) => line.search(GARBLED),
      () => 'characters that were read in the wrong character set',
    ),
  },
  {
    id: 'fence-unclosed',
    severity: 'error',
    title: 'A block is not closed',
    why: 'All that follows is shown as code: its steps and links are not there.',
    next: 'Close it with as many marks as it was opened with.',
    find: ({ fences }) =>
      fences
        .filter(({ isClosed }) => !isClosed)
        .map((one) => hit(one, 'the block that begins here never ends')),
  },
  {
    id: 'placeholder',
    severity: 'warn',
    title: 'Something is still to be written',
    why: 'Whoever follows the runbook stands before a hole.',
    next: 'Write it, or take the line away.',
    find: findPlaceholders,
  },
  {
    id: 'secret-in-text',
    severity: 'error',
    title: 'A password or key is written out',
    why: 'Who reads the repository can use it, and it stays in the history.',
    next: 'Change it where it is valid, and name a variable here.',
    find: onLines(writtenSecretAt, () => 'a password or key stands in the text'),
  },
  {
    id: 'link-broken',
    severity: 'error',
    title: 'A link to a section that is not there',
    why: 'In an incident nobody has the time to look for it.',
    next: 'Name the heading as it is, or bring it back.',
    find: findLinks,
  },
  {
    id: 'step-unknown',
    severity: 'error',
    title: 'A step that is not there',
    why: 'Steps were numbered anew, and this line was not.',
    next: 'Name the step by its title.',
    find: findStepLinks,
  },
  {
    id: 'production-in-staging',
    severity: 'error',
    title: 'An address of production where staging is meant',
    why: 'A try-out reaches users.',
    next: 'Use the address of staging, or one variable for both.',
    find: findWrongHosts,
  },
  {
    id: 'review-overdue',
    severity: 'warn',
    title: 'The review of the runbook is overdue',
    why: 'Nobody has said since that it still holds.',
    next: 'Review it, and set the next date.',
    find: findOverdue,
  },
  {
    id: 'placeholders-mixed',
    severity: 'warn',
    title: 'A message is filled in by two kinds of marks',
    why: 'What replaces one kind sends the other as it stands.',
    next: 'Use one kind in a message.',
    find: findMixed,
  },
];
