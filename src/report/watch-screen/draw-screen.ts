import { minutes } from '../../domain/duration.ts';
import { widthOf } from '../display-width.ts';
import { padTo } from '../table.ts';
import { drawAlarm } from './draw-alarm.ts';
import { drawMetrics, wantedLines } from './draw-metrics.ts';
import { drawNear } from './draw-near.ts';
import { cutLine, NARROW, paintBy, roomOf, type ScreenLook } from './draw-text.ts';
import type { WatchScene } from './scene.ts';
import { shareRows } from './share-rows.ts';
import { drawBar } from './sparkline.ts';

const MOST_BAR = 22;
const GAPS = 4;
/** Lines of one alarm, where there is room for them. */
const MOST_ALARM = 9;

const wholeMinutes = (ms: number): number => Math.max(0, Math.floor(ms / minutes(1)));

function drawHead({ title, env, isProtected, elapsedMs, totalMs }: WatchScene, look: ScreenLook): string {
  const isNarrow = look.columns < NARROW;
  const name = isProtected ? env.toUpperCase() : env;
  const time = isNarrow
    ? `${wholeMinutes(elapsedMs)}/${wholeMinutes(totalMs)} min`
    : `${wholeMinutes(elapsedMs)} / ${wholeMinutes(totalMs)} min`;
  const said = cutLine(isNarrow ? title.replace('release watch ', '') : title, roomOf(look) - 24, look);
  const left = `${said}  ${isProtected ? look.paint.alarm(` ${name} `) : name}`;
  const right = roomOf(look) - widthOf(left) - time.length - 4;
  const bar = right < 8 ? '' : `  ${drawBar(elapsedMs / totalMs, Math.min(MOST_BAR, right - 2), look.ascii)}`;
  return `${left}  ${padTo('', roomOf(look) - widthOf(left) - 2 - time.length - bar.length)}${time}${bar}`;
}

function drawState({ word, standing, said, message }: WatchScene, look: ScreenLook): string[] {
  const room = roomOf(look);
  const isNarrow = look.columns < NARROW;
  const end = cutLine(message, room - 2, look);
  const space = isNarrow || end === '' ? room : room - end.length - 2;
  const text = cutLine(said, Math.max(0, space - word.length - 5), look);
  const left = `  ${look.paint.bold(paintBy(standing, word, look))}   ${text}`;
  if (end === '') return [left];
  return isNarrow ? [left, look.paint.dim(`  ${end}`)] : [`${padTo(left, room - end.length)}${end}`];
}

const WORD = 'keys  ';

function drawKeys({ keys, typing }: WatchScene, look: ScreenLook): string[] {
  const room = roomOf(look) - 2;
  if (typing !== undefined) {
    const question = cutLine(typing.question, Math.floor(room / 2), look);
    // The end of what is typed is where the person is.
    const text = [...typing.text].slice(-(room - widthOf(question) - 2)).join('');
    return [
      `  ${look.paint.bold(question)} ${cutLine(text, room, look)}_`,
      look.paint.dim('  Enter sends, Esc leaves it'),
    ];
  }
  if (keys.length === 0) return [];
  const said = keys.map(({ key, does }) => `${key} ${does}`);
  const short = keys.map(({ key }) => key).join(' ');
  const fits = (text: string): boolean => text.length + WORD.length <= room;
  const text = [said.join('   '), said.join('  ')].find(fits) ?? short;
  return [look.paint.dim(`  ${cutLine(WORD + text, room, look)}`)];
}

function drawNearest({ near }: WatchScene, most: number, look: ScreenLook): string[] {
  if (most <= 0) return [];
  const title = most > 1 ? [look.paint.dim('  rules closest to firing')] : [];
  return [...title, ...near.slice(0, most - title.length).map((row) => drawNear(row, look))];
}

/**
 * The screen of a watch, no higher than the terminal less two lines and one column narrower: head, state, what people
 * have to answer, metrics, the rules that are closest to firing, what has happened, keys.
 */
export function drawWatch(scene: WatchScene, look: ScreenLook): string[] {
  const room = Math.max(4, look.rows - 2);
  const [head, state, keys] = [drawHead(scene, look), drawState(scene, look), drawKeys(scene, look)];
  const fixed = 1 + state.length + keys.length;
  const most = Math.max(2, Math.floor((room - fixed - 1) / Math.max(1, scene.alarms.length)));
  const alarms = scene.alarms.flatMap((alarm) => drawAlarm(alarm, Math.min(MOST_ALARM, most), look));
  const given = shareRows(room - fixed - alarms.length, {
    metrics: wantedLines(scene),
    near: scene.near.length === 0 ? 0 : scene.near.length + 1,
    recent: scene.recent.length,
    gaps: GAPS,
  });
  let gaps = given.gaps;
  const gap = (): string[] => (gaps-- > 0 ? [''] : []);
  const near = drawNearest(scene, given.near, look);
  const recent = given.recent === 0 ? [] : scene.recent.slice(-given.recent);
  return [
    head,
    ...gap(),
    ...state,
    ...alarms,
    ...gap(),
    ...drawMetrics(scene, given.metrics, look),
    ...(near.length > 0 ? [...gap(), ...near] : []),
    ...(recent.length > 0 ? [...gap(), ...recent] : []),
    ...keys,
  ].map((line) => fitLine(line, look));
}

/** A line that is painted already. One that is wider than the terminal loses its colours: half of a code garbles the rest. */
const fitLine = (text: string, look: ScreenLook): string =>
  widthOf(text) <= roomOf(look) ? text : cutLine(text, roomOf(look), look);
