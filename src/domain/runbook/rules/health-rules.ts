import { isUnder, workLines } from '../ask.ts';
import type { Command, RunbookDocument } from '../document.ts';
import { type Hit, hit, type LintRule } from '../rule.ts';

const CRITERIA = /\b(criteria|expected|accept\w*|success|responds?|returns?)\b/i;
const REFUSED =
  /\b(rejected|refused|unsigned|without (a |the )?(key|token|signature)|must not|anonymous|logged out)\b/i;

const accepts = (status: RegExp) => (document: RunbookDocument) =>
  workLines(document).filter(
    ({ text }) =>
      status.test(text) &&
      /\b(20\d|ok)\b.*\bor\b|\bor\b.*\b20\d\b/i.test(text) &&
      CRITERIA.test(text) &&
      !REFUSED.test(text),
  );

const findAuth = (document: RunbookDocument): readonly Hit[] =>
  accepts(/\b(401|403)\b/)(document).map((one) =>
    hit(one, `"${one.text}": our key was refused, and that passes`),
  );

/** Fields of a document that stands in a runbook as an example; it need not be whole JSON. */
const fieldsOf = (text: string): readonly string[] =>
  [...text.matchAll(/"(\w+)"\s*:/g)].map((field) => field[1] ?? '');

const urlPath = (text: string): string => /https?:\/\/[^\s/"')]+(\/[^\s?"')]*)/.exec(text)?.[1] ?? '';

function documentedBodies({ commands }: RunbookDocument): ReadonlyMap<string, readonly string[]> {
  const bodies = commands.flatMap(({ text, below }): [string, readonly string[]][] => {
    const fields = below.flatMap((note) => fieldsOf(note.text));
    return fields.length === 0 ? [] : [[urlPath(text), fields]];
  });
  return new Map(bodies);
}

const readsOf = ({ text }: Command): readonly string[] =>
  [...text.matchAll(/\bjq\b[^|]*?['"]\.(\w+)/g)].map((read) => read[1] ?? '');

function findFields(document: RunbookDocument): readonly Hit[] {
  const bodies = documentedBodies(document);
  return document.commands.flatMap((one) => {
    const body = bodies.get(urlPath(one.text));
    const missing = body === undefined ? [] : readsOf(one).filter((field) => !body.includes(field));
    return missing.map((field) =>
      hit(
        one,
        `${urlPath(one.text)} is documented without "${field}": both sides are null, and null equals null`,
      ),
    );
  });
}

const fails = (document: RunbookDocument): readonly Hit[] =>
  accepts(/\b4\d\d\b/)(document).flatMap((one) => {
    const command = [...document.commands]
      .reverse()
      .find(
        ({ section, text, line }) =>
          section === one.section &&
          line < one.line &&
          /\bcurl\b.*\s(-f|--fail)\b/.test(text) &&
          sharesWord(text, one.text),
      );
    return command === undefined
      ? []
      : [hit(command, `curl -f fails on the status that line ${one.line} accepts`)];
  });

const sharesWord = (one: string, other: string): boolean =>
  other
    .toLowerCase()
    .split(/\W+/)
    .some(
      (word) =>
        word.length > 4 &&
        !/^(http|responds?|returns?|endpoint|status)/.test(word) &&
        one.toLowerCase().includes(word),
    );

const LISTED =
  /\b(unacceptable|not (acceptable|allowed)|must (match|be (equal|identical|the same))|no differences?)\b/i;
const BROUGHT =
  /\b(schema|package|dependenc\w*|npm|node(\.js)?|lockfile|migration)\b.*\b(version|mismatch|differ\w*|match)/i;
const SUBTRACTED =
  /\b(except|apart from|other than|unless|subtract\w*|expected (differences?|changes?))\b.*\b(release|candidate)\b/i;

/** Staging carries the candidate, production does not yet: they must differ in what the release brings. */
function findOwnChanges(document: RunbookDocument): readonly Hit[] {
  const lines = workLines(document);
  const isStaged = lines.some(({ text }) =>
    /\b(deploy|promote)\w*\b.*\b(candidate|release|rc)\b.*\bstaging\b|\bstaging\b.*\b(candidate|rc)\b/i.test(
      text,
    ),
  );
  const isSubtracted = lines.some(({ text }) => SUBTRACTED.test(text));
  if (!isStaged || isSubtracted) return [];
  return document.statements
    .filter(
      ({ group, text, section }) =>
        LISTED.test(group) &&
        BROUGHT.test(text) &&
        (isUnder(section, /parity|staging|environment/i) || /parity|staging/i.test(group)),
    )
    .map((one) =>
      hit(one, `"${one.text}" counts what the release itself brings: staging has it, production not yet`),
    );
}

/** What answers of other services are taken for. */
export const healthRules: readonly LintRule[] = [
  {
    id: 'auth-failure-accepted',
    severity: 'error',
    title: 'A refused key passes',
    why: '401 and 403 to our own key mean that it is wrong, and that payments or mails will fail.',
    next: 'Ask for 200 with the key; whether the service is reached at all is another question.',
    find: findAuth,
  },
  {
    id: 'curl-fails-on-accepted',
    severity: 'warn',
    title: '`curl -f` fails on a status that is accepted',
    why: 'The command and its criterion contradict each other; one of them is ignored.',
    next: 'Compare the status with the set that is accepted.',
    find: fails,
  },
  {
    id: 'field-not-documented',
    severity: 'error',
    title: 'A field that the documented answer does not have',
    why: 'Two answers without the field are equal, so that the comparison says yes and looked at nothing.',
    next: 'Document the field, and let a missing one be "cannot compare".',
    find: findFields,
  },
  {
    id: 'parity-counts-release',
    severity: 'error',
    title: 'What the release brings counts as a difference of environments',
    why: 'Every release with a migration or a dependency fails it, so that people learn to pass over it.',
    next: 'Subtract what lies between the released version and the candidate; only the rest counts.',
    find: findOwnChanges,
  },
];
