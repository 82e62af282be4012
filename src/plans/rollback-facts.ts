import type { Version } from '../domain/version.ts';
import type { DataWay } from './data-back.ts';
import type { BranchMove } from './move-own-branch.ts';
import type { WebhookWay } from './webhook-way.ts';

/** What stands for main where candidates are tried. */
interface Trial {
  /** The branch of the environment alone, where it has one. */
  readonly move?: BranchMove;
  /** The branch that the platform publishes by itself, where nothing here moves it. */
  readonly follows?: string;
}

/** What was true when a rollback was planned, and what was asked for. */
export interface RollbackFacts {
  readonly from: string;
  readonly to: Version;
  readonly main: string;
  /** True when main stays where it is: it has the wanted tree already, or never got what is left. */
  readonly treeIsThere: boolean;
  /**
   * The remote of the code is away: the build that the host has of `commit` is published, and main follows at the end,
   * when everything else is done.
   */
  readonly isCodeAway: boolean;
  /** Commit to publish when no restore commit comes before it. */
  readonly commit: string;
  /** Commits of main that no version has and whose change the restore commit takes away, as people know them. */
  readonly covers: readonly string[];
  /** Set where candidates are tried: main and customers have nothing to do with it. */
  readonly trial?: Trial;
  readonly data: DataWay;
  /** What becomes of Stripe's deliveries meanwhile; left out where there is no Stripe. */
  readonly webhooks?: WebhookWay;
  /** False when the database is left alone on purpose (--db none): then it is not even asked. */
  readonly readsData: boolean;
  /** How many migrations the database had when this was planned; left out where nobody asked. */
  readonly applied?: number;
  readonly at: string;
  readonly reason: string;
  readonly severity: string;
  /** Who gave the command; left out where nobody did, as in a rehearsal. */
  readonly orderedBy?: string;
  /** Who commands the incident, by name; left out where nobody is on record. */
  readonly commander?: string;
  /** When it was detected what is rolled back (ISO); left out where nobody recorded it. */
  readonly detectedAt?: string;
  /** Role → name, as the release that is left had them; left out where nobody was assigned. */
  readonly assigned?: Readonly<Record<string, string>>;
  readonly configDigest: string;
  readonly run: string;
  /** How long entries took in earlier runs, in ms by name; left out where nobody looked. */
  readonly earlier?: ReadonlyMap<string, number>;
}
