import type { Runbook } from '../config/schema/index.ts';

/** What people call each role of the runbook. */
export const roleTitles = ({ roles }: Pick<Runbook, 'roles'>): ReadonlyMap<string, string> =>
  new Map(Object.entries(roles).map(([role, { title }]) => [role, title]));
