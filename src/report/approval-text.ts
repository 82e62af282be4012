import type { DecisionState, RoleLine } from '../domain/approvals/judge-decision.ts';
import type { SignedPoint } from '../domain/approvals/payload.ts';
import { isReview } from '../domain/approvals/review.ts';
import type { SignOff } from '../domain/approvals/sign-off.ts';
import { oneLine } from '../domain/screen-text.ts';
import { glyph } from './glyphs.ts';
import type { Look } from './look.ts';
import { sayClock } from './messages/times.ts';
import { padTo, wrapWords } from './table.ts';

/** A decision, ready to be shown. */
export interface DecisionStory {
  readonly point: SignedPoint;
  readonly version: string;
  readonly title: string;
  readonly outcomes: readonly [string, string];
  readonly state: DecisionState;
  readonly isSingleOperator: boolean;
  /** Names of people by their key, and who could sign, by role. */
  readonly nameOf: (person: string) => string;
  readonly whoCan: (role: string) => readonly string[];
  readonly zone: string;
}

/** How it is known who signed. Only a verified signature is ever called one. */
function sayMethod({ payload, key, fault }: SignOff, nameOf: DecisionStory['nameOf']): string {
  if (fault !== undefined) return `${payload.method}, not proven: ${fault.why}`;
  if (payload.method === 'proxy')
    return `proxy: recorded by ${nameOf(payload.by)}, proof ${oneLine(payload.link, 200)}`;
  if (payload.method === 'github') return `github: says a workflow run, ${oneLine(payload.link, 200)}`;
  return payload.method === 'ssh-signed' ? `ssh-signed, ${key ?? 'by no key'}` : 'self-declared, not proven';
}

/** `Pat Example   GO 09:41 EDT`, and how that is known. */
function saySignOff(signOff: SignOff, { outcomes, nameOf, zone }: DecisionStory): string {
  const { person, decision, at, comment, method } = signOff.payload;
  const word = decision === 'go' ? outcomes[0] : decision === 'no-go' ? outcomes[1] : 'taken back';
  const words = comment === '' ? '' : `   "${oneLine(comment, 200)}"`;
  const hollow = method === 'proxy' ? '◌ ' : '';
  return `${hollow}${oneLine(nameOf(person))}   ${word} ${sayClock(at, zone)}   ${sayMethod(signOff, nameOf)}${words}`;
}

const MARKS = { go: 'pass', 'no-go': 'fail', stale: 'warn', refused: 'warn', waiting: 'skip' } as const;
const WIDTH = 19;

function sayRole({ role, state, signOff, why }: RoleLine, story: DecisionStory, look: Look): string[] {
  const mark = glyph(MARKS[state], look.ascii);
  const who =
    story
      .whoCan(role)
      .map((one) => oneLine(one))
      .join(' or ') || 'nobody is named for it';
  const said = signOff === undefined ? `waiting for ${who}` : saySignOff(signOff, story);
  const more = why === undefined ? [] : [`${state}: ${oneLine(why, 400)}`];
  const lines = [said, ...more].flatMap((text) => wrapWords(text, 56));
  return lines.map(
    (line, i) => `  ${i === 0 ? `${mark} ${padTo(role, WIDTH)}` : ' '.repeat(WIDTH + 2)} ${line}`,
  );
}

/** Words that do not count: refused, or taken back and replaced. */
function sayOthers(story: DecisionStory): string[] {
  const { refused, past } = story.state;
  const said = [
    ...refused.map(
      ({ signOff, why }) =>
        `does not count: ${signOff.payload.role}: ${saySignOff(signOff, story)}${signOff.fault?.why === why ? '' : `: ${oneLine(why, 400)}`}`,
    ),
    ...past.map((signOff) => `no longer: ${signOff.payload.role}: ${saySignOff(signOff, story)}`),
  ];
  return said.flatMap((text) => wrapWords(text, 74).map((line, i) => `${i === 0 ? '  ' : '    '}${line}`));
}

/** `complete: GO`, or what it is waiting for. */
export function sayOutcome({
  state,
  outcomes,
  nameOf,
}: Pick<DecisionStory, 'state' | 'outcomes' | 'nameOf'>): string {
  const against = state.noGo.map(({ payload }) => `${nameOf(payload.person)} (${payload.role})`);
  if (against.length > 0) return `${outcomes[1]} by ${against.join(', ')}; one is enough`;
  return state.isComplete ? `${outcomes[0]}: complete` : `waiting for ${state.missing.join(', ')}`;
}

/** `decision 2`, `handoff before`, `review security`. */
export function sayPoint(point: SignedPoint): string {
  if (isReview(point)) return `review ${point}`;
  return typeof point === 'number' ? `decision ${point}` : `handoff ${point}`;
}

/** Who has to sign, who did and how that is known, and what it comes to. */
export function sayDecision(story: DecisionStory, look: Look): string[] {
  const alone = story.isSingleOperator
    ? [
        `  ${glyph('warn', look.ascii)} single operator: one person may sign for every role (staffing.singleOperator)`,
        '',
      ]
    : [];
  const { noGo, isComplete } = story.state;
  const mark = glyph(noGo.length > 0 ? 'fail' : isComplete ? 'pass' : 'skip', look.ascii);
  return [
    ...alone,
    ...story.state.lines.flatMap((line) => sayRole(line, story, look)),
    ...sayOthers(story),
    '',
    `  ${mark} ${sayPoint(story.point)}: ${sayOutcome(story)}`,
  ];
}
