import { oneLine } from '../../../domain/screen-text.ts';
import type { Incident } from '../../../ledger/find-incident.ts';
import { markdownText } from '../../messages/markdown-text.ts';
import { sayClock } from '../../messages/times.ts';
import { chooseDrawn } from './choose-drawn.ts';
import type { Figures, Line, Point } from './figures.ts';
import { listMarks } from './list-marks.ts';

const LABELS = { 'error-percent': ['Errors', '%'], 'p95-ms': ['P95 of the slowest endpoint', 'ms'] } as const;

const round = (value: number): number => Math.round(value * 100) / 100;

function sayHighest(points: readonly Point[], unit: string, zone: string): string {
  const top = points.reduce<Point | undefined>((a, b) => (a && a.value >= b.value ? a : b), undefined);
  return top === undefined
    ? 'not measured'
    : `highest ${round(top.value)} ${unit} at ${sayClock(new Date(top.at).toISOString(), zone)}`;
}

function sayLine({ metric, source, pieces }: Line, since: string, zone: string, isDrawn: boolean): string {
  const [label, unit] = LABELS[metric];
  const points = pieces.flat();
  const [before, after] = [
    points.filter(({ at }) => at < Date.parse(since)),
    points.filter(({ at }) => at >= Date.parse(since)),
  ];
  const gaps = pieces.length > 1 ? `, in ${pieces.length} pieces with gaps between them` : '';
  return `- ${label}, by ${markdownText.text(oneLine(source, 40))}: before the rollback ${sayHighest(before, unit, zone)}; from its beginning on ${sayHighest(after, unit, zone)} (${points.length} minutes measured${gaps}${isDrawn ? '' : ', not drawn'})`;
}

/** Where and how the measurements can be had that this machine does not have. */
function sayNone({ deploy, rollback }: Incident, env: string): string {
  const runs = [deploy, rollback].flatMap((run) => (run ? [`${run.run}.jsonl`] : []));
  return [
    `Not on the machine that wrote this: no watch of ${markdownText.text(oneLine(rollback.plan.from, 60))} that went by the clock of the ledger left anything here. A watch keeps its measurements in`,
    `${markdownText.code(`watch/${env}/`)} beside the ledger of its machine (${runs.map(markdownText.code).join(', ')}); there, or with such a file from Prometheus or a log:`,
    markdownText.code(
      `release postmortem ${rollback.run} --update --ticks ticks.jsonl --env ${oneLine(env, 40)}`,
    ),
  ].join('\n');
}

/** The part of a postmortem about what was measured: the picture, and in words what it shows (PIR-03). `image`: beside the document. */
export function writeMetrics(incident: Incident, figures: Figures, image: string, zone: string): string {
  const { env } = incident.rollback.plan;
  if (figures.length === 0) return sayNone(incident, env);
  const drawn = chooseDrawn(figures);
  const undetected = listMarks(incident).some(({ at, said }) => at === undefined && said === 'detected');
  return [
    `![Errors and P95 over the time of the incident; the numbers stand below](<${image}>)`,
    '',
    ...figures.map((line) => sayLine(line, incident.rollback.startedAt, zone, drawn.includes(line.source))),
    ...(undetected ? ['- Detection: no rule that called and no declaration is on record'] : []),
  ].join('\n');
}
