import { minutes } from '../../domain/duration.ts';
import { type Loss, sayLoss, sumLoss } from '../../domain/loss.ts';
import { defineStep, ReleaseError, type Services, type StepContext } from '../../kit.ts';

/** How much longer than agreed the way to the restore may take before somebody must agree again. */
const GRACE_MINUTES = 15;

type Input = {
  env: string;
  at: string;
  lsn: string;
  xid: string;
  agreedMinutes: number;
  /** Name under which the restore keeps the state before: where there is one, the rows are gone already. */
  keepAs: string;
};
type Done = { rows: number; tables: number; minutes: number };

const grew = (loss: Loss, agreed: number, version: string): ReleaseError =>
  new ReleaseError('E_LOSS_GREW', {
    what: `The restore would lose more than was agreed to: ${sayLoss(loss)}, by now.`,
    why: `"lose ${agreed} min" was agreed to, and ${GRACE_MINUTES} more may pass on the way. Nothing was restored.`,
    next: `Run the rollback again and agree to the new numbers: release rollback --to ${version} --db restore`,
    state: 'partly-done',
  });

/** After the restore the question has no answer any more, so that a run that comes back keeps what it counted. */
async function findCounted(
  { neon }: Pick<Services, 'neon'>,
  { env, keepAs }: Input,
  { facts, step }: StepContext,
): Promise<Done | undefined> {
  const { rows, tables, minutes: passed } = facts[step] ?? {};
  if (typeof rows !== 'number' || typeof tables !== 'number' || typeof passed !== 'number') return undefined;
  return (await neon.findBackup(env, keepAs)) === undefined ? undefined : { rows, tables, minutes: passed };
}

/**
 * Counts once more what a restore takes, right before it and behind maintenance mode: rows that were written since the
 * plan was agreed to are lost as well (RBX-4C1, E-86). Throws E_LOSS_GREW when the minutes are more than 15 above the
 * ones that were agreed to.
 */
export const countLoss = defineStep<'neon' | 'postgres', Input, Done>({
  id: 'postgres.count-loss',
  def: 1,
  needs: ['neon', 'postgres'],
  effect: 'read',
  settleMs: 0,
  timeoutMs: minutes(5),
  stop: 'safe',
  title: () => 'Count what the restore takes',
  run: async (services, input, context) => {
    const counted = await findCounted(services, input, context);
    if (counted !== undefined) return counted;
    const { env, at, lsn, xid, agreedMinutes } = input;
    const written = await services.postgres.writtenSince(env, { at, lsn, xid });
    const loss = sumLoss(written, at, (await services.postgres.restorePoint(env)).at);
    if (loss.minutes - agreedMinutes > GRACE_MINUTES) throw grew(loss, agreedMinutes, context.plan.version);
    context.tell(sayLoss(loss));
    return { rows: loss.rows, tables: loss.tables, minutes: loss.minutes };
  },
  undo: { kind: 'nothing' },
});
