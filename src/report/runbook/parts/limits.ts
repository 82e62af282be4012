import type { Runbook } from '../../../config/schema/index.ts';
import type { Band } from '../../../domain/watch/rule.ts';
import { part, plain, writeTable } from '../write-table.ts';

type Rule = Runbook['rules'][string];

const UNITS: Readonly<Record<Rule['unit'], string>> = { percent: ' %', ms: ' ms', s: ' s', number: '' };

/** What a bound is a multiple of. */
const unitOf = ({ unit, against }: Rule): string => {
  if (against === undefined) return UNITS[unit];
  return against === 'baseline' ? ' times the baseline' : ' times the budget';
};

const boundOf = ({ from, below }: Band, unit: string): string =>
  from === undefined ? `below ${below}${unit}` : `at least ${from}${unit}`;

function sayBand(band: Band, unit: string): string {
  const dwell = band.dwellMinutes > 0 ? ` for ${band.dwellMinutes} min` : '';
  return `${boundOf(band, unit)}${dwell}${band.on === 'critical' ? ' (critical calls)' : ''}`;
}

/** Good is what no band has: up to the first bound from below, or down to the highest from above. */
function sayGood(bands: readonly Band[], unit: string): string {
  const rising = bands.flatMap(({ from }) => from ?? []);
  const falling = bands.flatMap(({ below }) => below ?? []);
  return [
    ...(rising.length > 0 ? [`below ${Math.min(...rising)}${unit}`] : []),
    ...(falling.length > 0 ? [`at least ${Math.max(...falling)}${unit}`] : []),
  ].join(' and ');
}

const LEVELS = ['P3', 'hold', 'P2', 'P1', 'P0'] as const;
const PHASES = [
  ['critical', ', critical minutes'],
  ['later', ', later'],
] as const;

/** A rule is one row, or one for each phase where its bands differ. */
function rowsOf(rule: Rule): readonly (readonly string[])[] {
  const differs = rule.bands.some(({ during }) => during !== undefined);
  const phases = differs ? PHASES : ([[undefined, '']] as const);
  return phases.map(([phase, words]) => {
    const bands = rule.bands.filter(({ during }) => during === undefined || during === phase);
    const cells = LEVELS.map((level) =>
      bands
        .filter((one) => one.level === level)
        .map((one) => sayBand(one, unitOf(rule)))
        .join('; '),
    );
    return [`${plain(rule.title)}${words}`, sayGood(bands, unitOf(rule)), ...cells];
  });
}

const verdicts = ({
  parity,
  e2ePassPercent,
  cvss,
}: Runbook['thresholds']): readonly (readonly string[])[] => [
  [
    'Parity of staging and production',
    `above ${parity.go} %`,
    `${parity.noGo} to ${parity.go} % inclusive, or not comparable`,
    `below ${parity.noGo} %`,
  ],
  [
    'Pass rate of end-to-end tests',
    `at least ${e2ePassPercent} %`,
    'no report, or one that is too old',
    `below ${e2ePassPercent} %, or a critical path failed`,
  ],
  ['CVSS score of what is shipped', `below ${cvss}`, 'no report', `at least ${cvss}, without a waiver`],
];

const limits = ({
  pool,
  blockingSeconds,
  idleInTransactionSeconds,
  tls,
  evidenceMinutes,
  pageLoadMs,
}: Runbook['thresholds']): readonly (readonly string[])[] => [
  ['Connections of the pool in use', `below ${pool.maxPercent} %`],
  ['A query waits for a lock', `at most ${blockingSeconds} s`],
  ['A session idles in a transaction', `at most ${idleInTransactionSeconds} s`],
  ['Days that a certificate is still valid', `warns at ${tls.warnDays}, fails at ${tls.failDays}`],
  ['Age of an answer that counts', `at most ${evidenceMinutes} min`],
  ['Page load, P95', `below ${pageLoadMs} ms`],
];

/** Every number that a verdict rests on. Bounds belong to exactly one side. */
export function writeLimits({ thresholds, budgets, rules, monitoring }: Runbook): readonly string[] {
  const endpoints = Object.values(budgets).map(({ endpoint, p95Ms, maxMs, errorPercent }) => [
    plain(endpoint),
    `below ${p95Ms} ms`,
    `below ${maxMs ?? 2 * p95Ms} ms`,
    `below ${errorPercent} %`,
  ]);
  const watched = Object.values(rules).flatMap(rowsOf);
  const phases = `The first ${monitoring.criticalMinutes} of ${monitoring.minutes} minutes are critical. Time in a worse band counts for every milder one. Too few samples are HOLD.`;
  return [
    ...part('## Limits', 'A value on a bound belongs to one verdict alone.'),
    ...part('### GO and NO-GO', ...writeTable(['Measured', 'GO', 'HOLD', 'NO-GO'], verdicts(thresholds))),
    ...part('### Limits of checks', ...writeTable(['What', 'Limit'], limits(thresholds))),
    ...part(
      '### Endpoints',
      ...(endpoints.length > 0
        ? ['Shares of failed requests are judged by the watch, on real traffic.', '']
        : []),
      ...writeTable(['Endpoint', 'P95', 'Longest', 'Failed'], endpoints),
    ),
    ...part(
      '### Bands of the watch',
      ...(watched.length > 0 ? [phases, ''] : []),
      ...writeTable(['Measured', 'OK', 'P3', 'HOLD', 'P2', 'P1', 'P0'], watched),
    ),
  ];
}
