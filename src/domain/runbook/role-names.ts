import { saidBehind } from './ask.ts';
import type { RunbookDocument, Statement } from './document.ts';

const TITLE =
  /\b(?:(?:[A-Z][\w&-]*)(?:\s+(?:[A-Z][\w&-]*|of))*\s+)(?:Lead|Manager|Owner|Engineer|Commander|Administrator|Director|Officer|Coordinator|Architect|Analyst|Captain)\b|\bVP(?: of)? [A-Z]\w+|\b(?:CTO|CEO|CISO|DBA)\b/g;

const NAMING =
  /^(owner|backup|decision makers?|approvers?|approved by|participants?|escalation( path)?|responsible|assignee|accountable|lead|dri|who|rollback authori[sz]ation|authori[sz]ed by|stakeholders?)$/i;

/** Whose turn it is: not part of the title. */
const TURN = /^(Current|Incoming|Outgoing|Primary|Secondary|New|The)\s+/;

/** Titles of people that a text names, as it writes them: `Engineering Lead`. */
export const titlesIn = (text: string): readonly string[] =>
  [...text.matchAll(TITLE)].map((title) => title[0].replace(TURN, ''));

/** Statements that give a role something to do or to decide. */
export const isNaming = ({ label, hasBox, text }: Statement): boolean =>
  NAMING.test(label) || (!hasBox && /^\**[A-Z][\w ]+\**:?\s*_{3,}/.test(text));

const DEFINES =
  /^(deployment lead|[\w ]+ lead|monitor|communications|incident commander|on-call\b.*|[\w ]+ owner)$/i;

/** Titles that the runbook says of what they do, or who has them. */
export function definedTitles({ statements, tables }: RunbookDocument): readonly string[] {
  const told = statements
    .filter(({ label, kind }) => kind !== 'cell' && label !== '' && DEFINES.test(label))
    .map(({ label }) => label);
  const owners = statements
    .filter(({ label }) => /^(owner|backup|primary|secondary)$/i.test(label))
    .flatMap((one) => titlesIn(saidBehind(one)));
  const listed = tables
    .filter(({ head }) => /\brole|title\b/i.test(head[0] ?? ''))
    .flatMap(({ rows }) => rows.map(({ cells }) => cells[0] ?? ''));
  return [...told, ...owners, ...listed];
}
