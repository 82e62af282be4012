import type { Plan, PlanEntry } from '../../src/domain/plan.ts';
import { afterRollback } from '../../src/domain/tasks/lists/after-rollback.ts';
import { makeTasks } from '../../src/domain/tasks/make-tasks.ts';
import type { EventData, EventType, LedgerEvent } from '../../src/ledger/event.ts';
import type { TaskList } from '../../src/ledger/fold-tasks.ts';

const step = (name: string, id: string, title: string, change: object = {}): PlanEntry => ({
  kind: 'step',
  name,
  title,
  stop: 'safe',
  step: id,
  def: 1,
  effect: 'probeable',
  input: {},
  undo: { kind: 'nothing' },
  ...change,
});

const plan = (command: Plan['command'], version: string, from: string, entries: PlanEntry[]): Plan => {
  const place = { service: 'shop', env: 'production', basis: {}, digest: command };
  return { ...place, command, version, from, entries };
};

const deployPlan = plan('deploy', 'v2.1.0', 'v2.0.3', [
  step('maintenance-on', 'app.maintenance-on', 'Maintenance mode on'),
  step('backup', 'neon.back-up', 'Back up the database'),
  step('migrate', 'postgres.migrate', 'Migrate the database: 0042_due'),
  step('prove-live', 'host.prove-live', 'v2.1.0 is live', { effect: 'read' }),
  step('maintenance-off', 'app.maintenance-off', 'Maintenance mode off'),
]);
const rollbackPlan = plan('rollback', 'v2.0.3', 'v2.1.0', [
  step('maintenance-on', 'app.maintenance-on', 'Maintenance mode on'),
  step('revert', 'postgres.revert', 'Take the migration 0042_due back', { input: { tag: '0042_due' } }),
  step('maintenance-off', 'app.maintenance-off', 'Maintenance mode off'),
]);

/** Events as a ledger would give them back; minutes are those after 14:00 UTC, 10:00 in New York. */
function makeEvents() {
  const events: LedgerEvent[] = [];
  const add = <T extends EventType>(
    minute: number,
    run: string,
    type: T,
    data: EventData[T],
    step?: string,
  ) => {
    const at = new Date(Date.UTC(2025, 9, 1, 14, minute)).toISOString();
    const head = { v: 1, id: `${run}-${events.length}`, scope: 'shop/production', run, epoch: 1 };
    const origin = { seq: events.length + 1, at, host: 'laptop', actor: 'Ana', tool: '0.1.0', p: '', h: '' };
    events.push({ ...head, ...origin, type, data, ...(step === undefined ? {} : { step }) } as LedgerEvent);
  };
  const done = (minute: number, run: string, name: string, fact: Record<string, string> = {}) =>
    add(minute, run, 'step.done', { how: 'effect', done: fact, tookMs: 1000 }, name);
  return { events, add, done };
}

/** v2.1.0 began at 10:00, let users in at 10:10, broke at 10:20, and v2.0.3 was back at 10:35. */
export function incidentEvents(
  request: Record<string, string> = { reason: 'errors', severity: 'P0' },
): readonly LedgerEvent[] {
  const { events, add, done } = makeEvents();
  add(0, 'd', 'run.planned', { plan: deployPlan, request: {}, configDigest: 'c' });
  done(2, 'd', 'maintenance-on');
  done(3, 'd', 'backup', { name: 'pre-v2.1.0' });
  done(5, 'd', 'migrate');
  done(8, 'd', 'prove-live');
  done(10, 'd', 'maintenance-off');
  add(20, 'd', 'run.finished', { verdict: 'completed', said: 'deploy of v2.1.0 completed' });
  add(22, 'r', 'run.planned', { plan: rollbackPlan, request, configDigest: 'c' });
  done(24, 'r', 'maintenance-on');
  add(26, 'r', 'step.failed', { code: 'E_DB', said: 'no <b>answer</b>', state: 'unclear' }, 'revert');
  done(28, 'r', 'revert');
  done(34, 'r', 'maintenance-off');
  add(35, 'r', 'run.finished', { verdict: 'completed', said: 'rollback to v2.0.3 completed' });
  return events;
}

const END = '2025-10-01T14:35:00.000Z';
const calendar = { businessDays: [1, 2, 3, 4, 5], holidays: [], freezes: [] };

/** What is to be done after that rollback, as its list is opened. */
export const incidentTasks: TaskList = {
  ...{ of: 'r', list: 'after-rollback', version: 'v2.0.3', about: 'v2.1.0', since: END },
  tasks: makeTasks(afterRollback, Date.parse(END), {
    calendar,
    zone: 'America/New_York',
    roles: new Set(['incident-commander', 'qa-lead']),
  }),
  ...{ reminded: new Set<string>(), reminders: 0 },
};
