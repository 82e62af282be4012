import type { Clock } from '../../domain/clock.ts';
import { isReleaseError } from '../../domain/failure.ts';
import { type Lease, makeLease } from '../lease.ts';
import type { Ledger } from '../ledger.ts';
import { proveScope } from '../ledger-scope.ts';
import { type Machine, rememberOwnStart } from '../machine.ts';
import type { Origin } from '../make-event.ts';
import { tellUntouched } from '../tell-untouched.ts';
import { refuseUnreachable } from './git-refusals.ts';
import type { GitRemote } from './git-remote.ts';
import { makeGitMirror } from './git-repair.ts';
import { GitScope } from './git-scope.ts';

export interface GitLedgerOptions extends Omit<Origin, 'host'> {
  readonly remote: GitRemote;
  readonly clock: Clock;
  readonly machine: Machine;
}

async function listScopes(remote: GitRemote): Promise<readonly string[]> {
  try {
    return (await remote.refs()).map((ref) => ref.slice(remote.prefix.length));
  } catch (error) {
    throw isReleaseError(error, 'E_GIT') ? refuseUnreachable(remote, error) : error;
  }
}

/**
 * The git store: a chain of commits on `refs/release/<service>/<environment>` of the remote, appended by compare and
 * swap. Every clone of the repository can go on with a run; no server is needed. There is no clock that all machines
 * share, so a holder on another machine counts as alive until somebody takes over from it.
 */
export function makeGitLedger(options: GitLedgerOptions): Ledger {
  const { remote, clock } = options;
  const machine = rememberOwnStart(options.machine);
  const tools = { remote, clock, machine, origin: { ...options, host: machine.host } };
  const known = new Map<string, GitScope>();
  const chainOf = (scope: string): GitScope => {
    const chain = known.get(scope) ?? new GitScope(proveScope(scope), tools);
    known.set(scope, chain);
    return chain;
  };
  return {
    about: { store: 'git', says: `ledger: git, ${remote.prefix} of ${remote.says}; every clone can go on` },
    read: (scope) => chainOf(scope).read(),
    look: (scope) => chainOf(scope).look(),
    recall: (held) => chainOf(held.scope).recall(held),
    mirror: makeGitMirror(remote),
    scopes: () => listScopes(remote),
    holder: async (scope) => (await chainOf(scope).readStanding())?.holder,
    acquire: async (scope, claim) => {
      const asked = clock.monotonic();
      const epoch = await tellUntouched(chainOf(scope).claim(claim));
      return makeLease({ scope, epoch, run: claim.run }, asked);
    },
    append: async (held, event, { mayWait = false } = {}) => {
      const asked = clock.monotonic();
      const made = await chainOf(held.scope).append(held, event, mayWait);
      // What waits was not proven against the remote, so that it renews nothing.
      if (!mayWait) (held as Lease).renewedAt(asked);
      return made;
    },
    renew: async (held) => {
      const asked = clock.monotonic();
      await chainOf(held.scope).prove(held);
      (held as Lease).renewedAt(asked);
    },
    fence: async (held, event, push) => {
      const asked = clock.monotonic();
      await chainOf(held.scope).fence(held, event, push);
      (held as Lease).renewedAt(asked);
    },
    release: async (held, outcome) => {
      await chainOf(held.scope).release(held, outcome);
    },
    note: (scope, event) => tellUntouched(chainOf(scope).note(event)),
  };
}
