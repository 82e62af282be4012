import type { Runbook } from './schema/index.ts';

/**
 * True for an environment where candidates are tried: it is not protected, and either has a branch of its own or stands
 * beside a protected one. A deploy there merges, tags and tells customers nothing. The only environment of a runbook, or
 * one of several that are all unprotected and deployed from main, takes releases.
 */
export function carriesCandidates({ environments, source }: Runbook, env: string): boolean {
  const own = Object.hasOwn(environments, env) ? environments[env] : undefined;
  if (own === undefined || own.protected) return false;
  const hasBranch = (own.branch ?? source.main) !== source.main;
  return hasBranch || Object.values(environments).some((one) => one.protected);
}
