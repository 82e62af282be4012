import { sayDuration } from '../domain/duration.ts';
import { oneLine } from '../domain/screen-text.ts';
import { widthOf } from './display-width.ts';
import { glyph } from './glyphs.ts';
import { wrapWords } from './table.ts';
import type { Look } from './verdict-text.ts';

/** How a run ended, ready to be told. The ways on (`next`) are printed by the edge. */
export interface RunStory {
  readonly command: 'deploy' | 'rollback' | 'smoke' | 'prepare';
  readonly env: string;
  /** The version the run is about, with its `v`. */
  readonly version: string;
  readonly verdict:
    | 'completed'
    | 'reached'
    | 'reverted'
    | 'failed'
    | 'paused'
    | 'in-doubt'
    | 'fenced'
    | 'unsafe';
  /** What the engine said about the ending. */
  readonly said: string;
  readonly tookMs: number;
  /** A rollback after which users have the earlier version, proven, and something else is left to do. */
  readonly isBack?: boolean;
  /** A preparation that only merges main back into develop. */
  readonly isBackMerge?: boolean;
  /** Facts worth a line each, like `smoke 14/14 · p95 176 ms`. */
  readonly facts: readonly string[];
  /** True when the version was already there and nothing was done. */
  readonly nothingToDo?: boolean;
}

const DONE = {
  deploy: 'is live on',
  rollback: 'is back on',
  smoke: 'is healthy on',
  prepare: 'is prepared',
};

/** A preparation changes the repository and no environment. */
const withEnv = (text: string, word: string, { command, env }: RunStory): string =>
  command === 'prepare' ? text : `${text} ${word}${env}`;

function headOf(story: RunStory, { paint, ascii }: Look): string {
  const { version, env, command, verdict } = story;
  switch (verdict) {
    case 'completed':
      if (story.isBackMerge)
        return `${paint.good(glyph('pass', ascii))} ${version} was merged back: the next release begins with it.`;
      return `${paint.good(glyph('pass', ascii))} ${story.nothingToDo ? `${version} is already live on ${env}. Nothing to do.` : `${withEnv(`${version} ${DONE[command]}`, '', story)}.`}`;
    case 'reverted':
      return `${paint.warn(glyph('warn', ascii))} ${version} failed and was taken back. ${env} is as it was, verified.`;
    case 'reached':
      return `${paint.good(glyph('pass', ascii))} ${version} is on its way to ${env}, and stands still as it was asked to.`;
    case 'paused':
      return `${paint.warn(glyph('stopped', ascii))} Stopped. ${withEnv(`${version} is half way`, 'on ', story)}.`;
    case 'in-doubt':
      return `${paint.bad(glyph('unknown', ascii))} A person is needed: it is not known whether a step of ${version} happened.`;
    case 'fenced':
      return `${paint.bad(glyph('fail', ascii))} Another run took this one over. It has done nothing since.`;
    case 'unsafe':
      if (story.isBack)
        return `${paint.warn(glyph('warn', ascii))} A person is needed: ${version} is back on ${env}, and main does not have it yet.`;
      return `${paint.bad(glyph('fail', ascii))} A person is needed: ${env} is not known to be good.`;
    case 'failed':
      return `${paint.bad(glyph('fail', ascii))} ${withEnv(`${command} of ${version}`, 'to ', story)} failed.`;
  }
}

/** A time stands whole behind the last words, or below them. */
function withTime(
  lines: readonly string[],
  { nothingToDo, tookMs }: RunStory,
  look: Look,
): readonly string[] {
  if (nothingToDo) return lines;
  const took = look.paint.dim(sayDuration(tookMs));
  const last = `${lines.at(-1)}   ${took}`;
  return widthOf(last) <= look.columns - 4 ? [...lines.slice(0, -1), last] : [...lines, took];
}

/** The end screen of a run (ux 2.11): what is true now, in how long, and the facts behind it. */
export function sayRun(story: RunStory, look: Look): string {
  const width = look.columns - 4;
  const said = story.verdict === 'completed' ? [] : [story.said];
  const below = [...said, ...story.facts].flatMap((line) => wrapWords(oneLine(line, 600), width));
  const [head, ...rest] = withTime(wrapWords(headOf(story, look), width), story, look);
  return [`  ${head}`, ...[...rest, ...below].map((line) => `    ${line}`)]
    .map((line) => line.trimEnd())
    .join('\n');
}
