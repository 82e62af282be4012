import type { RoleLine } from '../../domain/approvals/judge-decision.ts';
import type { Standing } from '../../domain/handoff/judge-item.ts';
import { oneLine } from '../../domain/screen-text.ts';
import type { DecisionStory } from '../approval-text.ts';
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

const BOXES = { go: '[x]', 'no-go': '[ ]', stale: '[ ]', refused: '[ ]', waiting: '[ ]' } as const;

/** A line for each role: who signed, how that is known, and what keeps it from counting. */
function saySignature(
  { role, state, signOff, why }: RoleLine,
  { nameOf }: DecisionStory,
  reading: Reading,
): string {
  if (signOff === undefined) return `- ${BOXES[state]} ${safe(role)}: waiting`;
  const { person, method, at, comment, decision } = signOff.payload;
  const word = decision === 'go' ? 'signed' : '**declined**';
  const words = comment === '' ? '' : `: ${safe(comment)}`;
  const more = why === undefined ? '' : ` — **${state}**: ${safe(why)}`;
  return `- ${BOXES[state]} ${safe(role)}: ${word} by ${safe(nameOf(person))}, ${safe(method)}, ${when(at, reading)}${words}${more}`;
}

const writeSignatures = (story: DecisionStory, reading: Reading): readonly string[] => [
  '',
  '## Signatures',
  '',
  ...story.state.lines.map((line) => saySignature(line, story, reading)),
];

/** The whole handoff as a document: every item with what is known of it, and who signed. */
export function writeHandoff(
  { kind, version, about, standings, verdict, story }: HandoffView,
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
    ...(story === undefined ? [] : writeSignatures(story, reading)),
  ].join('\n');
}
