import type { Clock } from '../../domain/clock.ts';
import { dropFenced } from '../chain.ts';
import { type Lease, makeLease } from '../lease.ts';
import type { Claim, Held, Ledger } from '../ledger.ts';
import { proveScope } from '../ledger-scope.ts';
import { makeEpochRecord, makeLockEvent, mayTake } from '../lock-claim.ts';
import { refuseLocked } from '../locked.ts';
import { type Machine, rememberOwnStart } from '../machine.ts';
import type { Origin } from '../make-event.ts';
import { tellUntouched } from '../tell-untouched.ts';
import { tellDiskTrouble } from './disk-trouble.ts';
import { FileScope } from './file-scope.ts';
import { listScopes } from './list-scopes.ts';

export interface FileLedgerOptions extends Omit<Origin, 'host'> {
  readonly folder: string;
  readonly clock: Clock;
  readonly machine: Machine;
}

/**
 * The file store: one journal a scope, on one machine. Another machine cannot resume, and it says so. The lock is
 * the newest epoch file; the holder's process and the machine's start tell whether it is still there.
 */
export function makeFileLedger(options: FileLedgerOptions): Ledger {
  const { folder, clock } = options;
  const machine = rememberOwnStart(options.machine);
  const origin = { ...options, host: machine.host };
  const known = new Map<string, FileScope>();
  const filesOf = (scope: string): FileScope => {
    const files = known.get(scope) ?? new FileScope(folder, proveScope(scope), { clock, machine, origin });
    known.set(scope, files);
    return files;
  };

  const acquire = async (scope: string, claim: Claim): Promise<Held> => {
    const asked = clock.monotonic();
    const files = filesOf(scope);
    const standing = await files.readStanding();
    if (standing?.holder && !mayTake(standing, claim)) throw refuseLocked(scope, standing.holder);
    // The number after the one that was judged: had anybody come between, the claim finds it taken.
    const next = { epoch: (standing?.record.epoch ?? 0) + 1, at: clock.now().toISOString() };
    const record = makeEpochRecord(claim, next, options, machine);
    // A takeover was meant for the holder that the person saw, not for whoever was faster.
    if (!(await files.claim(record))) return acquire(scope, { ...claim, takeover: false });
    await files.open(record.epoch, makeLockEvent(record, standing?.holder));
    return makeLease({ scope, epoch: record.epoch, run: claim.run }, asked);
  };

  return {
    about: { store: 'file', says: `ledger: local files in ${folder}; another machine cannot resume` },
    read: async (scope) => dropFenced(await filesOf(scope).read()),
    scopes: () => tellDiskTrouble('read', folder, () => listScopes(folder)),
    holder: async (scope) => (await filesOf(scope).readStanding())?.holder,
    acquire: (scope, claim) => tellUntouched(acquire(scope, claim)),
    append: async (held, event, { mayWait = false } = {}) => {
      const asked = clock.monotonic();
      const made = await filesOf(held.scope).append(held, event, mayWait);
      (held as Lease).renewedAt(asked);
      return made;
    },
    renew: async (held) => {
      const asked = clock.monotonic();
      await filesOf(held.scope).prove(held);
      (held as Lease).renewedAt(asked);
    },
    release: async (held, outcome) => {
      await filesOf(held.scope).release(held, outcome);
    },
    note: (scope, event) => tellUntouched(filesOf(scope).note(event)),
  };
}
