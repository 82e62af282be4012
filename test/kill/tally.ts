import { alignColumns } from '../../src/report/table.ts';
import type { Service } from './look.ts';
import type { Played } from './play-round.ts';
import { POINTS, type Point } from './shots.ts';

const SERVICES: readonly Service[] = [
  'database',
  'git',
  'Neon',
  'Stripe',
  'Slack',
  'platform',
  'application',
  'ledger',
];

const sumOf = <T>(list: readonly T[], count: (one: T) => number): number =>
  list.reduce((sum, one) => sum + count(one), 0);

export const countKills = (played: readonly Played[]): number => sumOf(played, ({ hits }) => hits.length);

/** True when a command came to its end with every effect once. */
export const isGood = ({ unfinished, faults }: Played): boolean =>
  unfinished === undefined && faults.length === 0;

function sayPoints(played: readonly Played[]): string[] {
  const hits = played.flatMap((one) => one.hits);
  const rows = (Object.keys(POINTS) as Point[]).map((point) => {
    const at = hits.filter((hit) => hit.point === point);
    return [
      POINTS[point],
      String(at.filter(({ command }) => command === 'deploy').length),
      String(at.filter(({ command }) => command === 'rollback').length),
      String(new Set(at.map(({ step }) => step)).size),
    ];
  });
  return alignColumns([['killed when', 'deploy', 'rollback', 'different steps'], ...rows]);
}

function sayServices(played: readonly Played[]): string[] {
  const faults = played.flatMap((one) => one.faults);
  const count = (service: Service, kind: string): string =>
    String(faults.filter((fault) => fault.service === service && fault.kind === kind).length);
  const rows = SERVICES.map((service) => [service, count(service, 'duplicate'), count(service, 'loss')]);
  return alignColumns([['after each run', 'too often', 'missing'], ...rows]);
}

/** The table at the end. */
export function sayTally(played: readonly Played[], seconds: number): string {
  const runs = (command: string): number => played.filter((one) => one.command === command).length;
  const counts = [
    ['kill -9 that hit', String(countKills(played))],
    ['runs', `${runs('deploy')} deploys, ${runs('rollback')} rollbacks`],
    ['resumes', String(sumOf(played, ({ resumes }) => resumes))],
    ['runs that two machines worked on', String(played.filter(({ hosts }) => hosts > 1).length)],
    ['starts that the gate held, given again', String(sumOf(played, ({ held }) => held))],
    ['runs that did not end', String(played.filter(({ unfinished }) => unfinished !== undefined).length)],
    [
      'runs with an effect too often or missing',
      String(played.filter(({ faults }) => faults.length > 0).length),
    ],
    ['took', `${Math.round(seconds)} s`],
  ];
  return [...sayPoints(played), '', ...sayServices(played), '', ...alignColumns(counts), ''].join('\n');
}

/** Everything about a command that went wrong. */
export const sayStory = ({ command, faults, unfinished, story }: Played): string =>
  [
    `${command}: ${unfinished ?? 'came to its end'}`,
    ...faults.map(({ service, kind, what }) => `  ${kind} in ${service}: ${what}`),
    ...story.map((line) => `    ${line}`),
    '',
  ].join('\n');
