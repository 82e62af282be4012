import type { Environment, Runbook } from '../config/schema/index.ts';
import type { Gate, Judgement } from '../domain/finding.ts';
import type { JsonObject } from '../domain/json.ts';
import type { ServiceName, Services } from '../services/services.ts';

/** What earlier entries of a run found out or did, by entry name. */
export type Facts = Readonly<Record<string, JsonObject>>;

/** The release a gate or plan is about. */
export interface ReleaseScope {
  /** With its `v`. */
  readonly version: string;
  readonly branch: string;
  /** Tip of the release branch, or the tag's commit. */
  readonly commit?: string;
  /** What is live now, with its `v`. */
  readonly from?: string;
}

/** A file of SQL that was given by hand, without a release. */
export interface GivenFile {
  /** As it was typed or found. */
  readonly path: string;
  readonly sql: string;
  readonly isRollback: boolean;
  /** Its rollback script, when there is one. */
  readonly back?: string;
  readonly backPath: string;
}

/** The configuration that holds, as a file of a repository. */
export interface ConfigPlace {
  /** Inside the repository. */
  readonly path: string;
  /** Of its text, by `hashConfig`. */
  readonly digest: string;
}

/** What a judge may know: rules and the moment, never the world. */
export interface Policy {
  readonly env: string;
  readonly environment: Environment;
  readonly runbook: Runbook;
  readonly thresholds: Runbook['thresholds'];
  readonly now: Date;
  readonly release?: ReleaseScope;
  /** Absent when the configuration lies in no repository. */
  readonly config?: ConfigPlace;
  readonly facts: Facts;
  /** With --files: judge these files and ask nobody. */
  readonly files?: readonly GivenFile[];
}

/** What a probe may know besides its services. */
export interface Scope extends Policy {
  readonly signal: AbortSignal;
}

/** A check: probe finds out (IO, may throw), judge decides (pure; cannot say 'unknown'). */
export interface CheckSpec<Need extends ServiceName, Found> {
  /** `room.name`, permanent. */
  readonly id: string;
  /** A duty: 'Connection pool below its ceiling'. */
  readonly title: string;
  /** The requirement rows it answers, like 'ENV-06'. */
  readonly runbook: string | readonly string[];
  readonly gates: readonly Gate[];
  readonly needs: readonly Need[];
  /** Default: blocker. */
  readonly weight?: 'blocker' | 'advisory';
  /** Default: 10 seconds. */
  readonly timeoutMs?: number;
  /** Time in ms in which a probe that was cut off may still clear away what it made; default none. */
  readonly tidiesMs?: number;
  /** How long an answer counts, in ms. Default: `thresholds.evidenceMinutes` of the configuration. */
  readonly freshForMs?: number;
  /**
   * True for what a deploy must not do in passing: a rehearsal, a comparison of environments, a report from elsewhere. A
   * deploy takes its recorded answer while that is fresh, and otherwise names the preflight that renews it.
   */
  readonly onRecord?: true;
  /**
   * True for what is asked of a release alone: preflight leaves it out where candidates are tried, which is how they come
   * to be tested, rehearsed and signed for.
   */
  readonly releaseOnly?: true;
  /** Can answer about `files` alone; then only `sql` of its services is there. */
  readonly takesFiles?: true;
  /** Says why the check does not concern this configuration; undefined when it does. */
  absent?(policy: Policy): string | undefined;
  probe(services: Pick<Services, Need>, scope: Scope): Promise<Found>;
  judge(found: Found, policy: Policy): Judgement;
}

/** A check whose types are forgotten, as the runner holds it. */
export type Check = CheckSpec<ServiceName, unknown>;

/** Declares a check; a wrong service in `probe` is a compile error. */
export const defineCheck = <const Need extends ServiceName, Found>(
  spec: CheckSpec<Need, Found>,
): CheckSpec<Need, Found> => spec;
