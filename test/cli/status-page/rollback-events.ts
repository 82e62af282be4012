import type { Plan, PlanEntry } from '../../../src/domain/plan.ts';
import type { EventData, EventType, LedgerEvent } from '../../../src/ledger/event.ts';

const entry = (name: string, step: string): PlanEntry => ({
  ...{ kind: 'step', name, title: name, step, def: 1, effect: 'probeable', stop: 'safe', input: {} },
  undo: { kind: 'nothing' },
});

const plan: Plan = {
  ...{ service: 'shop', env: 'production', version: 'v2.0.3', from: 'v2.1.0' },
  command: 'rollback',
  entries: [
    entry('status-identified', 'statuspage.tell'),
    entry('prove-live', 'host.prove-live'),
    entry('smoke', 'app.smoke-test'),
  ],
  basis: { reads: 'no database', payments: 'none' },
  digest: 'd',
};

const AT = '2026-11-24T15:00:00.000Z';

/** A rollback that went through; `proofs` are those that it has. */
export function rollbackEvents(proofs: readonly string[] = ['prove-live', 'smoke']): readonly LedgerEvent[] {
  const events: LedgerEvent[] = [];
  const add = <T extends EventType>(type: T, data: EventData[T], step?: string): void => {
    const head = { v: 1, id: `e-${events.length}`, scope: 'shop/production', run: 'r-1', epoch: 1, at: AT };
    const origin = { seq: events.length + 1, host: 'laptop', actor: 'Ana', tool: '0.1.0', p: '', h: '' };
    events.push({ ...head, ...origin, type, data, ...(step === undefined ? {} : { step }) } as LedgerEvent);
  };
  add('run.planned', { plan, request: {}, configDigest: 'c' });
  for (const name of ['status-identified', ...proofs])
    add('step.done', { how: 'effect', done: { call: 'go' }, tookMs: 1 }, name);
  add('run.finished', { verdict: 'completed', said: '' });
  return events;
}
