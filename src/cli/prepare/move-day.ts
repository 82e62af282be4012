import { sayDayOf } from '../../domain/calendar/say-moment.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { DatedPlan } from '../../domain/prepare/lay-out-days.ts';
import type { Version } from '../../domain/version.ts';
import type { PreparedVersion } from '../../ledger/fold-preparations.ts';
import { writeMove } from '../../report/move-text.ts';
import type { CommandResult } from '../command.ts';
import { confirmLight } from '../confirm.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import type { Wired } from '../wired.ts';
import type { Base } from './find-base.ts';
import { inOwnScope } from './own-scope.ts';
import { planDays } from './plan-days.ts';
import { readPlanned } from './read-planned.ts';

interface Move {
  readonly version: Version;
  readonly base: Base;
  readonly dated: DatedPlan;
  /** Undefined: its candidate was not pushed by this program, or the record is another one. */
  readonly planned: PreparedVersion | undefined;
}

const asJson = ({ base, dated, planned }: Move): JsonObject => ({
  alreadyPrepared: true,
  branch: base.branchName,
  sha: base.tip ?? '',
  tag: base.newest?.name ?? '',
  day: dated.day,
  was: planned?.day ?? null,
  days: dated.rows.map((row) => ({ ...row })),
});

const tell = (
  move: Move,
  { runbook }: Wired,
  ending: Pick<CommandResult, 'text' | 'next'> & { readonly verdict: 'completed' | 'go' },
): CommandResult => ({
  exitCode: EXIT.ok,
  result: asJson(move),
  warnings: [],
  version: move.version,
  sandbox: runbook.sandbox,
  ...ending,
});

async function record({ version, dated }: Move, context: CliContext, own: Wired): Promise<void> {
  const { ledger, scope, clock } = own;
  const chance = Math.floor(context.random() * 1e9).toString(36);
  const id = `day-${clock.now().getTime().toString(36)}-${chance}`;
  const days = dated.rows.map((row) => ({ ...row }));
  const data = { version, day: dated.day, days, by: await context.readActor() };
  await ledger.note(scope, { id, run: id, type: 'day.planned', data });
}

/**
 * Another day for a version whose candidate stands at the tip of its branch (PRE-33): nothing is pushed, the day and its dates are
 * recorded. Counts T-7 from the first candidate. Throws E_DAY, E_FLAG_VALUE.
 */
export async function moveDay(
  version: Version,
  base: Base,
  wanted: string,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const planned = await readPlanned(wired, version);
  const { dated } = planDays(wired, wanted, planned?.since);
  if (dated === undefined) throw new TypeError('a day that was asked for is laid out or refused');
  const move: Move = { version, base, dated, planned };
  const said = sayDayOf(dated.day);
  if (planned?.day === dated.day) {
    const text = `  ✔ ${version} is planned for ${said} already. Nothing to do.`;
    return tell(move, wired, { verdict: 'completed', text, next: [] });
  }
  const { runbook } = wired;
  const text = writeMove({
    ...{ version, service: runbook.product, sandbox: runbook.sandbox, dated },
    ...{ candidate: base.newest?.name ?? '', branch: base.branchName, commit: base.tip ?? '' },
    ...{ was: planned?.day, zone: runbook.window?.zone ?? runbook.timezone },
  });
  const again = `release prepare ${version} --for ${dated.day}`;
  if (context.flags.plan) return tell(move, wired, { verdict: 'go', text, next: [again] });
  context.out.note(`${text}\n`);
  await confirmLight(context, `Plan ${version} for ${said}?`);
  await record(move, context, inOwnScope(wired));
  return tell(move, wired, {
    verdict: 'completed',
    text: `  ✔ ${version} is planned for ${said}. Nobody was told yet.`,
    next: [`release notify rc-ready ${version}`],
  });
}
