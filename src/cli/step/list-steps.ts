import { findNextEntry, isOver } from '../../ledger/find-next-entry.ts';
import type { RunState } from '../../ledger/fold.ts';
import { glyph } from '../../report/glyphs.ts';
import type { CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import { listEntries } from '../runs/list-entries.ts';
import type { Wired } from '../wired.ts';
import { findRun } from './find-run.ts';

function sayRow(state: RunState, name: string, title: string, width: number, ascii: boolean): string {
  const at = state.entries[name];
  const isNext = findNextEntry(state)?.name === name;
  const mark = glyph(isOver(at) ? 'pass' : isNext ? 'running' : 'skip', ascii);
  const word = isNext ? (at?.state === 'intent' ? 'next, in doubt' : 'next') : (at?.state ?? '');
  return `  ${mark} ${name.padEnd(width)}  ${word.padEnd(14)}  ${title}`.trimEnd();
}

/** `release step list`: the plan of a run, how each step stands, and which one is next. */
export async function listSteps(
  run: string | undefined,
  { terminal }: Pick<CliContext, 'terminal'>,
  { ledger, scope, env, runbook }: Wired,
): Promise<CommandResult> {
  const state = findRun(await ledger.read(scope), run, scope);
  const { plan } = state;
  const width = Math.max(...plan.entries.map(({ name }) => name.length));
  const rows = plan.entries.map(({ name, title }) => sayRow(state, name, title, width, terminal.ascii));
  const next = findNextEntry(state)?.name;
  return {
    exitCode: EXIT.ok,
    result: {
      run: state.run,
      command: plan.command,
      plan: plan.digest,
      end: state.end,
      next: next ?? null,
      steps: listEntries(plan, state),
    },
    text: [`  ${plan.command} ${plan.version}, ${state.run}: ${state.end}`, '', ...rows].join('\n'),
    next: next === undefined ? [] : [`release step run ${state.run} ${next} --env ${env}`],
    warnings: [],
    env,
    version: plan.version,
    run: state.run,
    sandbox: runbook.sandbox,
  };
}
