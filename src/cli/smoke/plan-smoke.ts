import { doesWrite } from '../../domain/smoke/sample.ts';
import { matchesGlob } from '../../engine/choose-checks.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import { EXIT } from '../exit.ts';
import { splitGlobs } from '../waivers.ts';
import type { Wired } from '../wired.ts';
import { isKept } from './confirm-writing.ts';

/** `--plan`: which requests would be sent and what they would create; nothing is sent. */
export function planSmoke(options: CommandOptions, { env, runbook, environment }: Wired): CommandResult {
  const only = splitGlobs(options.only);
  const calls = (runbook.smoke?.calls ?? []).filter(
    (call) =>
      (only === undefined || only.some((glob) => matchesGlob(call.id, glob))) &&
      !(doesWrite(call) && options.readOnly === true),
  );
  const fate = isKept(options) ? 'writes, and stays' : 'writes, deleted afterwards';
  const lines = calls.map(
    (call) => `  ${call.method.padEnd(6)} ${call.path}${doesWrite(call) ? `   ${fate}` : ''}`,
  );
  const text = [`release smoke would send to ${env} (${environment.url}):`, '', ...lines].join('\n');
  const result = {
    calls: calls.map((call) => ({
      id: call.id,
      method: call.method,
      path: call.path,
      writes: doesWrite(call),
    })),
  };
  return { exitCode: EXIT.ok, result, text, next: [], warnings: [], env, sandbox: runbook.sandbox };
}
