import type { NewEvent } from '../../src/ledger/event.ts';
import { approvalOf } from './approvals.ts';

/** A small event with an id; its value says which one it is. */
export const factEvent = (id: string, value: string = id, run = 'r-1'): NewEvent => ({
  id,
  run,
  type: 'fact',
  data: { name: 'said', value: { value } },
});

/** The promise of a step. */
export const intentEvent = (run: string, step: string): NewEvent => ({
  id: `${run}:${step}:intent`,
  run,
  step,
  def: 1,
  type: 'step.intent',
  data: { attempt: 1, key: 'k', inputDigest: 'd' },
});

/** A role's answer, which needs no lock. */
export const signEvent = (id: string): NewEvent => ({
  id,
  run: 'r-1',
  type: 'approval.recorded',
  data: { version: 'v2.1.0', approval: approvalOf({ role: 'qa', person: 'ben', nonce: id }), items: [] },
});
