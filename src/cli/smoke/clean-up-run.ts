import { ReleaseError } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json.ts';
import { plural } from '../../domain/plural.ts';
import { cleanUpRun as cleanUp } from '../../steps/app/smoke/clean-up-run.ts';
import type { CommandResult } from '../command.ts';
import { confirmLight } from '../confirm.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import type { Wired } from '../wired.ts';

const RUN = /^(?:w-)?r-\d{8}-\d{4}-[0-9a-f]{4}$/;

const badRun = (typed: string): ReleaseError =>
  new ReleaseError('E_FLAG_VALUE', {
    what: `--cleanup takes the id of a run, like r-20251001-1400-7f3a, got "${typed.slice(0, 40)}".`,
    next: 'release history shows the ids; a smoke test says its own with --json.',
    state: 'untouched',
  });

/** `release smoke --cleanup r-…`: takes away what the smoke test of that run left behind, and lists what stays. */
export async function cleanUpRun(typed: string, context: CliContext, wired: Wired): Promise<CommandResult> {
  const { env, runbook, services, clock, secrets } = wired;
  if (!RUN.test(typed)) throw badRun(typed);
  await confirmLight(context, `Delete what the smoke test of ${typed} left in ${env}?`);
  const order = { env, version: 'v0.0.0', run: typed, runbook, clock, tell: () => undefined };
  const secret = (name: string): string => secrets.read(name);
  const { left, deleted, found } = await cleanUp(services, { ...order, secret, signal: context.stop.signal });
  const lines = [
    `${plural(found ?? 0, 'record')} of ${typed} found in ${env}, ${deleted} deleted.`,
    ...left.map((one) => `could not be deleted: ${one}`),
  ];
  return {
    exitCode: left.length === 0 ? EXIT.ok : EXIT.no,
    result: { found: found ?? 0, deleted, left } satisfies JsonObject,
    text: lines.join('\n'),
    next: [],
    warnings: [],
    env,
    run: typed,
    sandbox: runbook.sandbox,
  };
}
