import { isReleaseError, ReleaseError } from '../domain/failure.ts';
import type { Plan, PlanEntry, PlannedGate, PlannedSignOff, PlannedStep } from '../domain/plan.ts';
import type { Facts } from '../kit.ts';
import type { NewEvent } from '../ledger/event.ts';
import type { EntryState } from '../ledger/fold.ts';
import { settle } from './ask-world.ts';
import { type Begun, leftToLand, type Outlook } from './left-to-land.ts';
import { runStep } from './run-step.ts';
import type { EntryEnd, RunTools } from './run-tools.ts';
import { whileHolding } from './while-holding.ts';

export interface EntryOrder {
  readonly plan: Plan;
  readonly run: string;
  readonly facts: Facts;
  readonly tools: RunTools;
  readonly state: EntryState | undefined;
  readonly outlook: Outlook;
  /** What other runs sent last, and may still land. */
  readonly begun: readonly Begun[];
}

const WAY_BACK: Readonly<Record<Plan['command'], string>> = {
  deploy: 'go back with release rollback',
  rollback: 'go further back with release rollback --to an earlier version',
  prepare: 'leave it',
  smoke: 'leave it',
};

const gateSaysNo = (entry: PlannedGate, call: string, said: string, { command }: Plan): ReleaseError =>
  new ReleaseError('E_GATE_NO', {
    what: `${entry.title}: ${call === 'hold' ? 'could not be established' : 'no'}. ${said}`,
    why: 'A run goes on only when its gates say go; not known is not go.',
    next: `Mend it and resume, or ${WAY_BACK[command]}.`,
    state: 'partly-done',
  });

async function runGate(
  entry: PlannedGate,
  { plan, run, facts, tools, state }: EntryOrder,
): Promise<EntryEnd> {
  const { call, counts, because, said } = await whileHolding(tools, () => tools.judgeGate(entry, facts));
  const number = state?.state === 'failed' ? state.attempts + 1 : 1;
  const event: NewEvent = {
    id: `${run}:${entry.name}:${number}:${tools.held.epoch}`,
    run,
    step: entry.name,
    type: 'gate.decided',
    data: { gate: entry.gate, call, counts, because },
  };
  // A go that is lost with the process is asked for again; a no must be seen by whoever comes next.
  await tools.ledger.append(tools.held, event, { mayWait: call === 'go' });
  if (call !== 'go') return { end: 'failed', error: gateSaysNo(entry, call, said, plan) };
  return { end: 'done', done: { call }, how: 'effect', tookMs: 0 };
}

const peopleSayNo = (entry: PlannedSignOff, refusal: string, { command }: Plan): ReleaseError =>
  new ReleaseError('E_DECIDED_NO', {
    what: `Decision ${entry.point}: ${refusal}.`,
    why: 'One of those who decide is enough.',
    next: `Talk to them; when they have taken it back, resume. Or ${WAY_BACK[command]}.`,
    state: 'partly-done',
  });

/** Says who should decide; waits for them only where the runbook demands it. One who says no ends the run. */
async function runSignOff(entry: PlannedSignOff, { plan, run, tools }: EntryOrder): Promise<EntryEnd> {
  const { missing, refusal } = await whileHolding(tools, () => tools.readSigns(entry, plan));
  if (refusal !== undefined) return { end: 'failed', error: peopleSayNo(entry, refusal, plan) };
  if (missing.length > 0)
    tools.emit({ type: 'decision.due', point: entry.point, title: entry.title, roles: missing });
  if (missing.length > 0 && entry.required) {
    return { end: 'waiting', said: `decision ${entry.point} needs ${missing.join(', ')}` };
  }
  const done = { point: entry.point, missing: [...missing] };
  // Passed without its people is not decided, and must never be told as if it were.
  const how = missing.length > 0 ? 'skipped' : 'operator';
  const id = `${run}:${entry.name}:done`;
  const data = { how, done, tookMs: 0 } as const;
  const event: NewEvent = { id, run, step: entry.name, type: 'step.done', data };
  await tools.ledger.append(tools.held, event, { mayWait: true });
  return { end: 'done', done, how, tookMs: 0 };
}

/** What an error of a gate or a sign-off means for the run; what is none of ours, or the ledger's, is thrown on. */
function endBy(error: unknown, entry: PlanEntry, { tools }: EntryOrder): EntryEnd {
  if (isReleaseError(error, 'E_FENCED')) return { end: 'fenced', error };
  if (tools.stop.signal.aborted) return { end: 'stopped', said: `stopped in the middle of "${entry.title}"` };
  if (error instanceof ReleaseError && !error.code.startsWith('E_LEDGER_')) return { end: 'failed', error };
  throw error;
}

/**
 * Carries one entry of a plan to its end. Throws only what nobody foresaw, and what the ledger says against being
 * written (E_LEDGER_*), because then not even the end can be told.
 */
export async function runEntry(entry: PlanEntry, order: EntryOrder): Promise<EntryEnd> {
  try {
    return await carry(entry, order);
  } catch (error) {
    return endBy(error, entry, order);
  }
}

async function carryStep(entry: PlannedStep, order: EntryOrder): Promise<EntryEnd> {
  const { plan, run, facts, tools, state, outlook, begun } = order;
  const running = { plan, run, entry, facts, tools, outlook };
  // Messages and questions do not wait; an effect must not be overtaken by the last request of another run.
  if (entry.effect !== 'read' && entry.onFailure !== 'warn')
    await settle(running, Math.max(0, ...begun.map((one) => leftToLand(one, outlook))));
  return runStep(running, state);
}

async function carry(entry: PlanEntry, order: EntryOrder): Promise<EntryEnd> {
  if (entry.kind === 'step') return carryStep(entry, order);
  if (entry.kind === 'gate') return runGate(entry, order);
  if (entry.kind === 'sign-off') return runSignOff(entry, order);
  return { end: 'done', done: { minutes: entry.minutes }, how: 'operator', tookMs: 0 };
}
