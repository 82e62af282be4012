import type { Finding } from '../../domain/finding.ts';
import { sayWaiver } from '../../domain/say-waiver.ts';
import { oneLine } from '../../domain/screen-text.ts';
import { type GateReport, PART } from './gate-report.ts';

/** `#` would begin a directive, and a backslash an escape. */
const escapeTap = (text: string): string => oneLine(text, 1000).replace(/[\\#]/g, '\\$&');

const isOk = ({ outcome }: Finding): boolean => outcome !== 'fail' && outcome !== 'unknown';

/** A waived failure is TAP's "todo": told, and no failure of the whole. */
function directiveOf({ outcome, said, waived }: Finding): string {
  if (outcome === 'skip') return ` # SKIP ${escapeTap(said)}`;
  return waived === undefined ? '' : ` # TODO ${escapeTap(sayWaiver(waived))}`;
}

/** YAML that is JSON on each line: nothing in a text can end the block or mean anything in it. */
function diagnosticOf({ outcome, said, remedy, at, weight, runbook, durationMs }: Finding): string[] {
  if (outcome === 'pass' || outcome === 'skip') return [];
  const values = {
    severity: outcome,
    message: said,
    remedy,
    weight,
    runbook: [...runbook],
    at,
    duration_ms: durationMs,
  };
  const lines = Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(
      ([key, value]) =>
        `  ${key}: ${JSON.stringify(typeof value === 'string' ? oneLine(value, 2000) : value)}`,
    );
  return ['  ---', ...lines, '  ...'];
}

const writeCase = (finding: Finding, i: number): string[] => [
  `${isOk(finding) ? 'ok' : 'not ok'} ${i + 1} - ${escapeTap(finding.check)}: ${escapeTap(finding.title)}${directiveOf(finding)}`,
  ...diagnosticOf(finding),
];

/** TAP 14: unknown and fail are `not ok`, a waived one a TODO; words stand in the diagnostic. Nothing asked bails out. */
export function writeTap({ findings, error, verdict, part }: GateReport): string {
  const why = error?.text.what ?? `nothing was asked; the answer is ${verdict || 'none'}`;
  const body = findings.length > 0 ? findings.flatMap(writeCase) : [`Bail out! ${escapeTap(why)}`];
  return `${['TAP version 14', `1..${findings.length}`, ...(part ? [`# ${PART}`] : []), ...body].join('\n')}\n`;
}
