import type { Runbook } from '../schema/index.ts';
import type { Remark } from './remark.ts';

const HEADS = 'refs/heads/';

/** A branch and branches below its name cannot both be there, and what lies among releases is taken for one. */
const collides = (folder: string, branch: string): boolean => {
  const [begins = ''] = branch.split('{version}');
  return `${begins}/`.startsWith(folder) || folder.startsWith(begins.endsWith('/') ? begins : `${begins}/`);
};

/** A ledger among branches must not be mistaken for the code, and must not keep the code's branches from being made. */
export function checkLedger({ source, environments }: Runbook): Remark[] {
  const ours = [source.main, source.develop, source.releaseBranch];
  return Object.entries(environments).flatMap(([env, { ledger, branch }]) => {
    if (!ledger.refs.startsWith(HEADS)) return [];
    const folder = ledger.refs.slice(HEADS.length);
    const other = [...ours, branch ?? source.main].find((one) => collides(folder, one));
    if (other === undefined) return [];
    const message = `the ledger would lie where the branch ${other} is; take a name that no branch begins with`;
    return [{ path: ['environments', env, 'ledger', 'refs'], message }];
  });
}
