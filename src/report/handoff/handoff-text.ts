import type { HandoffKind } from '../../domain/handoff/item.ts';
import type { HandoffVerdict } from '../../domain/handoff/judge-handoff.ts';
import type { Standing } from '../../domain/handoff/judge-item.ts';
import { plural } from '../../domain/plural.ts';
import { cleanForScreen } from '../../domain/screen-text.ts';
import { type DecisionStory, sayDecision } from '../approval-text.ts';
import { glyph } from '../glyphs.ts';
import type { Look } from '../look.ts';
import { padTo, wrapWords } from '../table.ts';
import { KIND_WORDS } from './kind-words.ts';

/** A handoff as it stands. */
export interface HandoffView {
  readonly kind: HandoffKind;
  readonly version: string;
  readonly about: string;
  readonly standings: readonly Standing[];
  readonly verdict: HandoffVerdict;
  /** Its signatures, where somebody signs. */
  readonly story: DecisionStory | undefined;
}

const INDENT = 8;

const wrapped = (text: string, { columns }: Look): string[] =>
  wrapWords(cleanForScreen(text).replace(/\s+/g, ' '), columns - INDENT).map(
    (line) => `${' '.repeat(INDENT)}${line}`,
  );

const markOfOpen = ({ state, from, next }: Standing, { ascii, paint }: Look): string => {
  if (state === 'stale') return paint.warn(glyph('warn', ascii));
  if (next?.startsWith('--answer')) return glyph(from === undefined ? 'skip' : 'running', ascii);
  return paint.bad(glyph('fail', ascii));
};

function sayOpen(standing: Standing, look: Look): string[] {
  const { item, said, state, next, from } = standing;
  const head = `  ${markOfOpen(standing, look)} ${padTo(item.id, 4)} ${item.text}${state === 'stale' ? '   stale: what it was said of has changed' : ''}`;
  const source = from === undefined ? '' : ` (${from})`;
  return [
    head,
    ...wrapped(`${said}${source}`, look),
    ...(next === undefined ? [] : wrapped(`→ ${next}`, look)),
  ];
}

const COUNTED = [
  ['ticked by evidence', ({ state, by }: Standing) => state === 'done' && by === undefined],
  ['said by people', ({ state, by }: Standing) => state === 'done' && by !== undefined],
  ['does not apply', ({ state }: Standing) => state === 'na'],
  ['open', ({ state }: Standing) => state === 'open' || state === 'stale'],
] as const;

const sayCounts = (standings: readonly Standing[]): string[] =>
  COUNTED.flatMap(([label, fits]) => {
    const found = standings.filter(fits);
    const ids = found.map(({ item }) => item.id).join(' ');
    return found.length === 0 ? [] : [`  ${padTo(label, 20)}${padTo(String(found.length), 4)}${ids}`];
  });

/** The screen of a handoff: what needs a person, the rest by its numbers. */
export function sayHandoff(
  { kind, version, about, standings, verdict, story }: HandoffView,
  look: Look,
): string {
  const { way } = KIND_WORDS[kind];
  const done = standings.length - verdict.open.length;
  return [
    `release handoff ${kind} ${version}   ${way}   ${plural(standings.length, 'item')}`,
    `  ${about}`,
    '',
    ...sayCounts(standings),
    ...(verdict.open.length === 0 ? [] : ['', ...verdict.open.flatMap((one) => sayOpen(one, look))]),
    '',
    `  ${done} of ${standings.length} items settled`,
    ...(story === undefined ? [] : ['', ...sayDecision(story, look)]),
  ].join('\n');
}
