import { sayChange, signOf } from '../domain/drift/say-change.ts';
import { plural } from '../domain/plural.ts';
import { oneLine } from '../domain/screen-text.ts';
import type { DriftReport } from '../kit/drift/make-drift-report.ts';
import { sayBaseline } from './drift-text.ts';
import { sayWhen } from './say-when.ts';

/** A ticket for the tracker: Markdown that says what changed, since when, and how it is put right. */
export interface DriftIssue {
  readonly title: string;
  readonly body: string;
}

interface Told {
  readonly app: string;
  readonly env: string;
  readonly zone: string;
  readonly at: string;
  readonly run: string;
}

// A code span has no markup inside; a backtick would end it.
const code = (text: string): string => `\`${oneLine(text, 200).replaceAll('`', "'")}\``;

const sayLines = ({ changes }: DriftReport, env: string): string[] =>
  changes.map((change) => {
    const required = change.required ? ' **(required)**' : '';
    return `- ${signOf(change)} ${change.kind} ${code(change.key)}: ${code(sayChange(change, env))}${required}`;
  });

/** The incident text of a drift (DRF-06, DRF-07): a person puts it right, so that it carries the commands. */
export function makeDriftIssue(report: DriftReport, { app, env, zone, at, run }: Told): DriftIssue {
  const since =
    report.baseline === undefined ? 'nothing was accepted yet' : code(sayBaseline(report.baseline, zone));
  return {
    title: `Configuration drift: ${app}, ${env}: ${plural(report.changes.length, 'change')}`,
    body: [
      `Found ${sayWhen(at, zone)} by \`release drift\` (${run}). Baseline: ${since}.`,
      '',
      ...sayLines(report, env),
      '',
      '- [ ] Find out who changed it, and why',
      `- [ ] Take it back, or accept it: \`release drift --env ${env} --accept --reason "…"\``,
      `- [ ] \`release drift --env ${env}\` says clean`,
    ].join('\n'),
  };
}
