import type { SignatureStanding } from '../../domain/handoff/judge-handoff.ts';
import type { Standing } from '../../domain/handoff/judge-item.ts';
import { oneLine } from '../../domain/screen-text.ts';
import { markdownText } from '../messages/markdown-text.ts';
import { sayClock, sayDay } from '../messages/times.ts';
import type { HandoffView } from './handoff-text.ts';
import { KIND_WORDS } from './kind-words.ts';

const safe = (text: string, max = 400): string => markdownText.text(oneLine(text, max));
/** When and where a document is read. */
interface Reading {
  readonly now: string;
  readonly zone: string;
}

const whole = (iso: string, zone: string): string => `${sayDay(iso, zone)}, ${sayClock(iso, zone)}`;

/** The day stands only where it is another one than that of the document. */
const when = (iso: string, { now, zone }: Reading): string =>
  sayDay(iso, zone) === sayDay(now, zone) ? sayClock(iso, zone) : whole(iso, zone);

/** What a person is asked stands beside the way to answer. */
const sayTodo = ({ item, next }: Standing): string | undefined =>
  next?.startsWith('--answer') && item.asks !== undefined
    ? `${safe(item.asks)} ${markdownText.code(next)}`
    : next && safe(next);

const BOX = { done: '[x]', na: '[x]', open: '[ ]', stale: '[ ]' } as const;

function sayItem(standing: Standing, reading: Reading): string {
  const { item, state, said, from, at, by } = standing;
  const doing = sayTodo(standing);
  const source = by === undefined ? (from ?? '') : by;
  const proof = [safe(source), ...(at === undefined ? [] : [when(at, reading)])].filter(Boolean).join(', ');
  const words = state === 'na' ? `does not apply: ${safe(said)}` : safe(said);
  const todo = state === 'stale' ? ' — **what it was said of has changed**' : '';
  return [
    `- ${BOX[state]} **${safe(item.text)}** (${item.id}, ${item.rows.join(', ')}): ${words}${proof === '' ? '' : ` _(${proof})_`}${todo}`,
    ...(doing === undefined ? [] : [`  - to do: ${doing}`]),
  ].join('\n');
}

function saySignature({ role, state, signature, changed }: SignatureStanding, reading: Reading): string {
  if (signature === undefined) return `- [ ] ${safe(role)}: waiting`;
  const { person, method, at, comment, decision } = signature;
  const words = comment === undefined ? '' : `: ${safe(comment)}`;
  const line = `${safe(role)}: ${decision === 'accept' ? 'signed' : '**declined**'} by ${safe(person)}, ${safe(method)}, ${when(at, reading)}${words}`;
  if (state === 'stale') return `- [ ] ${line} — **stale**, since then other: ${changed?.join(', ')}`;
  return `- ${state === 'signed' ? '[x]' : '[ ]'} ${line}`;
}

/** The whole handoff as a document: every item with what is known of it, and who signed. */
export function writeHandoff(
  { kind, version, about, standings, verdict }: HandoffView,
  now: string,
  zone: string,
): string {
  const reading = { now, zone };
  const groups = [...new Set(standings.map(({ item }) => item.group))];
  const { title, way } = KIND_WORDS[kind];
  return [
    `# ${title}: ${safe(version)}`,
    '',
    `${safe(about)}. ${way}. As of ${whole(now, zone)}: ${verdict.complete ? '**complete**' : '**not complete**'}.`,
    ...groups.flatMap((group) => [
      '',
      `## ${safe(group)}`,
      '',
      ...standings.filter(({ item }) => item.group === group).map((one) => sayItem(one, reading)),
    ]),
    '',
    '## Signatures',
    '',
    ...verdict.signatures.map((one) => saySignature(one, reading)),
  ].join('\n');
}
