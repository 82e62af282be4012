import type { JsonObject } from '../domain/json.ts';
import { type EnvelopeParts, makeEnvelope } from '../report/json.ts';
import type { CommandSpec } from './catalogue/spec.ts';
import type { CommandResult } from './command.ts';
import type { CliContext } from './context.ts';
import { EXIT } from './exit.ts';
import { writeGithubFiles } from './github-files.ts';
import { makeReport } from './make-report.ts';
import { writeOutFiles } from './out-files.ts';
import { redactDeep } from './redactor.ts';

/** What a command ended with, once its files are written. */
export interface HandedOver {
  readonly envelope: JsonObject;
  /** What could not be written, in words. */
  readonly unwritten: readonly string[];
}

type Ending = EnvelopeParts & Pick<Partial<CommandResult>, 'findings' | 'document'>;

/**
 * Writes the files that were asked for, and those of GitHub. A file that is missing must not be missed: a good end becomes
 * 1, any other code stays, because it says more.
 */
export function handOver(ending: Ending, text: string, spec: CommandSpec, context: CliContext): HandedOver {
  const { flags, out, redact } = context;
  // Redacted value by value, before XML or Markdown give a secret another spelling.
  const { error, findings, document } = ending;
  const hasReport = spec.hasFindings && (findings !== undefined || error !== undefined);
  const report = hasReport ? redactDeep(makeReport(ending), redact) : undefined;
  const ended = {
    ...{ envelope: makeEnvelope(ending), text, report },
    ...(error === undefined ? {} : { error }),
    ...(document === undefined ? {} : { document: redact(document) }),
  };
  const missing = writeOutFiles(flags.out, ended, out);
  const exitCode = missing.length > 0 && ending.exitCode === EXIT.ok ? EXIT.broke : ending.exitCode;
  const warnings = [...(ending.warnings ?? []), ...missing];
  const envelope = makeEnvelope({ ...ending, exitCode, warnings });
  return { envelope, unwritten: [...missing, ...writeGithubFiles({ ...ended, envelope }, context)] };
}
