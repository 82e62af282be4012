import type { ReleaseError } from '../../domain/failure.ts';
import { GATES } from '../../domain/finding.ts';
import type { Check } from '../../kit.ts';
import type { CheckFile } from './find-check-files.ts';

const stemOf = ({ name }: CheckFile): string =>
  name
    .replace(/^.*\//, '')
    .replace(/\.check\.[cm]?[jt]s$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '') || 'file';

/** The room of files that cannot be loaded; no check of somebody's own may live there. */
export const UNLOADED_ROOM = 'checks';

/** `checks.orders` for checks/orders.check.ts, and another one when that is taken. */
export function makeUnloadedId(file: CheckFile, taken: ReadonlySet<string>): string {
  const id = `${UNLOADED_ROOM}.${stemOf(file)}`;
  for (let n = 2; ; n += 1) {
    const next = n === 2 && !taken.has(id) ? id : `${id}-${n}`;
    if (!taken.has(next)) return next;
  }
}

/** Stands for a file whose check is not known: in every gate, it says why, and it can never pass. */
export const unloadedCheck = (file: CheckFile, id: string, why: ReleaseError): Check => ({
  id,
  title: `${file.name} can be loaded`,
  runbook: [],
  gates: GATES,
  needs: [],
  probe: async () => {
    throw why;
  },
  judge: () => ({ outcome: 'fail', said: why.text.what }),
});
