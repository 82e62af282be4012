import { ReleaseError } from '../../src/domain/failure.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import type { VirtualTime } from '../support/engine/virtual-time.ts';
import type { Troubles } from './troubles.ts';

const unreachable = (what: string): ReleaseError =>
  new ReleaseError('E_LEDGER_UNREADABLE', {
    what,
    next: 'Try again when it can be reached.',
    state: 'unclear',
  });

/** When the ledger of one simulation can be reached again. */
export interface Outage {
  until: number;
}

/** The way to the ledger: calls arrive late, answers get lost although it was done, and at times nothing gets through. */
export function makeShaky(ledger: Ledger, time: VirtualTime, troubles: Troubles, outage: Outage): Ledger {
  const tell = async <T>(work: () => Promise<T>): Promise<T> => {
    const { arrivesAfter, answersAfter } = troubles.fateOfCall();
    const breaksFor = troubles.outageOfLedger();
    if (breaksFor > 0) outage.until = Math.max(outage.until, time.passed + breaksFor);
    if (time.passed < outage.until) throw unreachable('The ledger cannot be reached.');
    if (arrivesAfter > 0) await time.sleep(arrivesAfter);
    const answer = await work();
    if (answersAfter === undefined) throw unreachable('The ledger did not answer.');
    if (answersAfter > 0) await time.sleep(answersAfter);
    return answer;
  };
  return {
    about: ledger.about,
    read: (scope) => tell(() => ledger.read(scope)),
    scopes: () => tell(() => ledger.scopes()),
    holder: (scope) => tell(() => ledger.holder(scope)),
    acquire: (scope, claim) => tell(() => ledger.acquire(scope, claim)),
    append: (held, event) => tell(() => ledger.append(held, event)),
    renew: (held) => tell(() => ledger.renew(held)),
    release: (held, outcome) => tell(() => ledger.release(held, outcome)),
    note: (scope, event) => tell(() => ledger.note(scope, event)),
  };
}
