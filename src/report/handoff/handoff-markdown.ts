import type { SignatureStanding } from '../../domain/handoff/judge-handoff.ts';
import type { Standing } from '../../domain/handoff/judge-item.ts';
import { oneLine } from '../../domain/screen-text.ts';
import { markdownText } from '../messages/markdown-text.ts';
import { sayClock, sayDay } from '../messages/times.ts';
import type { HandoffView } from './handoff-text.ts';
import { KIND_WORDS } from './kind-words.ts';

const safe = (text: string, max = 400): string => markdownText.text(oneLine(text, max));
const when = (iso: string, zone: string): string => `${sayDay(iso, zone)}, ${sayClock(iso, zone)}`;

const BOX = { done: '[x]', na: '[x]', open: '[ ]', stale: '[ ]' } as const;

function sayItem({ item, state, said, from, at, by, next }: Standing, zone: string): string {
  const source = by === undefined ? (from ?? '') : by;
  const proof = [safe(source), ...(at === undefined ? [] : [when(at, zone)])].filter(Boolean).join(', ');
  const words = state === 'na' ? `does not apply: ${safe(said)}` : safe(said);
  const todo = state === 'stale' ? ' — **what it was said of has changed**' : '';
  return [
    `- ${BOX[state]} **${safe(item.text)}** (${item.id}, ${item.rows.join(', ')}): ${words}${proof === '' ? '' : ` _(${proof})_`}${todo}`,
    ...(next === undefined ? [] : [`  - to do: ${safe(next)}`]),
  ].join('\n');
}

function saySignature({ role, state, signature, changed }: SignatureStanding, zone: string): string {
  if (signature === undefined) return `- [ ] ${safe(role)}: waiting`;
  const { person, method, at, comment, decision } = signature;
  const words = comment === undefined ? '' : `: ${safe(comment)}`;
  const line = `${safe(role)}: ${decision === 'accept' ? 'signed' : '**declined**'} by ${safe(person)}, ${safe(method)}, ${when(at, zone)}${words}`;
  if (state === 'stale') return `- [ ] ${line} — **stale**, since then other: ${changed?.join(', ')}`;
  return `- ${state === 'signed' ? '[x]' : '[ ]'} ${line}`;
}

/** The whole handoff as a document: every item with what is known of it, and who signed. */
export function writeHandoff(
  { kind, version, about, standings, verdict }: HandoffView,
  now: string,
  zone: string,
): string {
  const groups = [...new Set(standings.map(({ item }) => item.group))];
  const { title, way } = KIND_WORDS[kind];
  return [
    `# ${title}: ${safe(version)}`,
    '',
    `${safe(about)}. ${way}. As of ${when(now, zone)}: ${verdict.complete ? '**complete**' : '**not complete**'}.`,
    ...groups.flatMap((group) => [
      '',
      `## ${safe(group)}`,
      '',
      ...standings.filter(({ item }) => item.group === group).map((one) => sayItem(one, zone)),
    ]),
    '',
    '## Signatures',
    '',
    ...verdict.signatures.map((one) => saySignature(one, zone)),
  ].join('\n');
}
