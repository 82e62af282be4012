import type { HeldBack, WebhooksOff } from '../ledger/find-held.ts';
import { sayLockedOut, sayPausedJobs, sayTrafficAway, sayWebhooksOff } from './held-text.ts';
import type { Look } from './look.ts';
import { sayWhen } from './say-when.ts';
import { ageOf, alarm, type Moment, warn } from './status-rows.ts';

/** What is held back from users, as the ledger knows it; of maintenance mode the application speaks for itself. */
export interface HeldStanding {
  readonly maintenance?: HeldBack;
  readonly jobsPaused?: HeldBack;
  /** Users are sent to the status page. */
  readonly trafficAway?: HeldBack;
  /** Endpoints at Stripe that a rollback disabled. */
  readonly webhooksOff?: WebhooksOff;
}

type Held = HeldStanding & {
  readonly live: { readonly known: true; readonly maintenance?: boolean } | { readonly known: false };
};

const sinceWhen = ({ since }: HeldBack, moment: Moment): string =>
  ` since ${sayWhen(since, moment.zone)} (${ageOf(since, moment)})`;

/** The application's own word counts; the ledger's is told as such. */
function sayMaintenance({ live, maintenance }: Held, moment: Moment, look: Look): string[] {
  const told = live.known ? live.maintenance : undefined;
  if (told === false || (told === undefined && maintenance === undefined)) return [];
  const age = maintenance === undefined ? '' : sinceWhen(maintenance, moment);
  const isInDoubt = told === undefined && maintenance?.inDoubt === true;
  return alarm(sayLockedOut(isInDoubt, `${age}${told ? '' : ', by the ledger'}`), look);
}

/** No application says whether its jobs run, so that the ledger alone can. */
const sayJobs = ({ jobsPaused }: Held, moment: Moment, look: Look): string[] =>
  jobsPaused === undefined
    ? []
    : warn(sayPausedJobs(jobsPaused.inDoubt, `${sinceWhen(jobsPaused, moment)}, by the ledger`), look);

const sayTraffic = ({ trafficAway: held }: Held, moment: Moment, look: Look): string[] =>
  held === undefined
    ? []
    : alarm(sayTrafficAway(held.inDoubt, `${sinceWhen(held, moment)}, by the ledger`), look);

const sayWebhooks = ({ webhooksOff }: Held, moment: Moment, look: Look): string[] => {
  if (webhooksOff === undefined) return [];
  const { inDoubt, endpoints } = webhooksOff;
  const said = sayWebhooksOff(inDoubt, endpoints, `${sinceWhen(webhooksOff, moment)}, by the ledger`);
  return alarm(said, look);
};

/** A line for each thing that is held back from users, or may be. */
export const sayHeldBack = (standing: Held, moment: Moment, look: Look): string[] =>
  [sayMaintenance, sayTraffic, sayJobs, sayWebhooks].flatMap((say) => say(standing, moment, look));
