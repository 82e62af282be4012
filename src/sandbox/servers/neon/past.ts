import type { BranchCluster, PastPoint } from './ground.ts';
import type { Branch, Project } from './project.ts';

const toNumber = (lsn: string): bigint => {
  const [high = '0', low = '0'] = lsn.split('/');
  return (BigInt(`0x${high}`) << 32n) | BigInt(`0x${low}`);
};

const isLsn = (text: string): boolean => /^[0-9A-F]{1,8}\/[0-9A-F]{1,8}$/i.test(text);

/** The present end of a cluster's log. */
export async function readLsn(cluster: BranchCluster): Promise<string> {
  const [row] = await cluster.query('postgres', 'select pg_current_wal_flush_lsn()::text as lsn');
  return String(row?.lsn ?? '0/0');
}

/** A point as PostgreSQL takes it: to the millisecond, like Neon, and without the `Z` that its settings do not know. */
export const toTarget = (point: PastPoint): PastPoint =>
  'lsn' in point ? point : { at: new Date(point.at).toISOString().replace('Z', '+00') };

/** Why a branch cannot go back to a point; undefined when it can. */
export async function refusePoint(
  project: Project,
  branch: Branch,
  cluster: BranchCluster,
  point: PastPoint,
): Promise<string | undefined> {
  return 'lsn' in point ? refuseLsn(branch, cluster, point.lsn) : refuseMoment(project, branch, point.at);
}

async function refuseLsn(branch: Branch, cluster: BranchCluster, lsn: string): Promise<string | undefined> {
  if (!isLsn(lsn)) return `invalid LSN ${lsn}`;
  if (toNumber(lsn) > toNumber(await readLsn(cluster))) return `LSN ${lsn} is in the future`;
  const isOlder = branch.sinceLsn !== undefined && toNumber(lsn) < toNumber(branch.sinceLsn);
  return isOlder ? `LSN ${lsn} is older than the history of the branch` : undefined;
}

function refuseMoment(project: Project, branch: Branch, at: string): string | undefined {
  const wanted = Date.parse(at);
  if (Number.isNaN(wanted)) return `invalid timestamp ${at}`;
  const now = Date.now();
  if (wanted > now) return 'source timestamp is in the future';
  if (wanted < now - project.retentionSeconds * 1000)
    return 'source timestamp is older than the history retention';
  const since = branch.lastResetAt ?? branch.createdAt;
  return wanted < since.getTime() ? 'source timestamp is before the branch was created' : undefined;
}
