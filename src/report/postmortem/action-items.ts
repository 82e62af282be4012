import { DateTime } from 'luxon';

/** Something in a postmortem that is not as it has to be, with its line. */
export interface OpenLine {
  readonly line: number;
  readonly said: string;
}

interface Item extends OpenLine {
  readonly isDone: boolean;
}

const ITEM = /^\s*(?:[-*+]|\d+\.)\s+(?:\[([ xX])\]\s*)?(\S.*)$/;
const OWNER = /\bowner:\s*(.+?)\s*(?:\s[-–—]\s|[;,|)]|$)/i;
const DUE = /\bdue:\s*(\d{4}-\d{2}-\d{2})\b/i;
/** What stands where a name is to stand. */
const NOBODY = /^(?:todo\b.*|tbd|nobody|none|unknown|open|name|n\/a|team|everybody|all|[^\p{L}]*)$/iu;
/** Nothing to do is an answer where it says why. */
const NONE = /^none\b.{3,}/i;

const plain = (text: string): string => text.replaceAll(/[*_`]/g, '').trim();

/** Lines of the section, without its heading. */
function readSection(document: string): readonly Item[] {
  let isInside = false;
  return document.split('\n').flatMap((text, index) => {
    const heading = /^#{1,2}\s+(.*)$/.exec(text)?.[1];
    if (heading !== undefined) isInside = /^action items\b/i.test(plain(heading));
    const [, box, said] = isInside ? (ITEM.exec(text) ?? []) : [];
    return said === undefined ? [] : [{ line: index + 1, said: plain(said), isDone: /x/i.test(box ?? '') }];
  });
}

const ownerOf = (said: string): string | undefined => {
  const owner = OWNER.exec(said)?.[1];
  return owner === undefined || NOBODY.test(owner) ? undefined : owner;
};

const dueOf = (said: string): string | undefined => {
  const day = DUE.exec(said)?.[1];
  return day !== undefined && DateTime.fromISO(day).isValid ? day : undefined;
};

function judgeItem({ line, said, isDone }: Item, today: string): readonly OpenLine[] {
  const due = dueOf(said);
  const lacks = [ownerOf(said) === undefined ? 'owner' : '', due === undefined ? 'due date' : ''].filter(
    Boolean,
  );
  const about = said.slice(0, 60);
  if (lacks.length > 0) return [{ line, said: `Action Items: no ${lacks.join(', no ')}: ${about}` }];
  return !isDone && due !== undefined && due < today
    ? [{ line, said: `overdue since ${due}: ${about}` }]
    : [];
}

/**
 * Actions without an owner or a day, and those whose day is over (PMT-10). `today`: 2025-10-01. What is still a TODO is left out:
 * it is an open field. No action at all is one thing that is missing, unless a line says why none is needed.
 */
export function judgeActions(document: string, today: string): readonly OpenLine[] {
  const items = readSection(document);
  if (items.length === 0) return [{ line: 1, said: 'Action Items: there is none' }];
  return items
    .filter(({ said }) => !said.includes('TODO(') && !NONE.test(said))
    .flatMap((item) => judgeItem(item, today));
}
