import type { Plan } from '../domain/plan.ts';

/**
 * Whether an entry only asks. One that has no answer when it is asked anew is not known any more, whatever it said before;
 * what an effect did stays done.
 */
export const isRead = ({ entries }: Pick<Plan, 'entries'>, name: string): boolean =>
  entries.some((entry) => entry.kind === 'step' && entry.name === name && entry.effect === 'read');

/** Whether a failure of the entry is told and gone past: what must not fail is passed over by nobody's warning (T37). */
export const mayWarn = ({ entries }: Pick<Plan, 'entries'>, name: string): boolean =>
  entries.some((entry) => entry.kind === 'step' && entry.name === name && entry.onFailure === 'warn');
