import type { Plan } from '../../domain/plan.ts';

/** A preparation that makes no candidate: it merges main back into develop (E-37). */
export const isBackMerge = ({ entries }: Pick<Plan, 'entries'>): boolean =>
  entries.some(({ name }) => name === 'back-merge');
