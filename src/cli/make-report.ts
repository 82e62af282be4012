import { type GateReport, PART } from '../report/files/gate-report.ts';
import type { EnvelopeParts } from '../report/json.ts';
import type { CommandResult } from './command.ts';

type Ending = EnvelopeParts & Pick<Partial<CommandResult>, 'findings'>;

/** What a command with findings ended with, as the renderers of files take it. */
export function makeReport(ending: Ending): GateReport {
  const { tool, command, version, env = '', error, findings = [], next = [], verdict = '', result } = ending;
  const part = result?.part === true;
  return {
    tool,
    title: ['release', command, version, part ? `(${PART})` : ''].filter(Boolean).join(' '),
    env,
    sandbox: ending.sandbox ?? false,
    verdict,
    exitCode: ending.exitCode,
    startedAt: ending.startedAt.toISOString(),
    finishedAt: ending.finishedAt.toISOString(),
    durationMs: ending.durationMs,
    findings,
    part,
    because: Array.isArray(result?.because) ? (result.because as readonly string[]) : [],
    next,
    ...(error === undefined ? {} : { error: { code: error.code, text: error.text } }),
  };
}
