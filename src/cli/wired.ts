import type { Environment, Runbook } from '../config/schema/index.ts';
import type { Clock } from '../domain/clock.ts';
import type { Moment } from '../domain/moment.ts';
import type { Secrets } from '../domain/secrets.ts';
import type { ProtocolTimes } from '../engine/run-tools.ts';
import type { Check } from '../kit/check.ts';
import type { Step, StepContext } from '../kit/step.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { ServiceName, Services } from '../services/services.ts';
import type { CliContext } from './context.ts';

/** A secret that the configuration names and nobody has set. */
export interface MissingSecret {
  /** Without the `$`. */
  readonly name: string;
  readonly services: readonly ServiceName[];
}

/** The remote of the code does not answer, and its names are those that this machine saw last. */
export interface CodeAway {
  /** What it said, or that it said nothing. */
  readonly because: string;
  /** When this machine last saw it (ISO). */
  readonly seenAt: string;
}

/** The program put together for one environment. */
export interface Wired {
  readonly runbook: Runbook;
  /** Folder of the configuration file; relative paths start here. */
  readonly root: string;
  readonly file: string;
  /** sha256 of the checked configuration. */
  readonly digest: string;
  /** Stands for what the checks ask: this version of the program, and the owner's own files of checks. */
  readonly rules: string;
  /** A mark of the addresses and keys that checks are asked with; it can be compared, and tells none of them. */
  readonly askedWith: () => string;
  /** Name of the environment. */
  readonly env: string;
  readonly environment: Environment;
  readonly services: Services;
  /** Services that this environment has; the others are never called. */
  readonly configured: ReadonlySet<ServiceName>;
  readonly ledger: Ledger;
  /** True when `ledger` is a spool of this machine (--break-glass): what others did is not in it, and unknown. */
  readonly isBlind?: true;
  /** Set while a rollback is planned past a remote that is away; what is carried out asks the remote itself. */
  readonly codeAway?: CodeAway;
  /** Ledger scope, `service/environment`. */
  readonly scope: string;
  readonly checks: readonly Check[];
  readonly steps: readonly Step[];
  readonly secrets: Secrets;
  readonly missing: readonly MissingSecret[];
  /** The system's clock, or the sandbox's faster one. */
  readonly clock: Clock;
  readonly times: ProtocolTimes;
  /** Messages of templates, as steps are given them. */
  readonly render: StepContext['render'];
  /** Who is on call now, for messages; left out where PagerDuty is not configured. */
  readonly onDuty?: (() => Promise<NonNullable<Moment['onDuty']>>) | undefined;
  /** Lets go of connections, so that the program can end. */
  close(): Promise<void>;
}

/** Puts the program together for the environment that the flags name; src/cli/wire.ts does it. */
export type Wire = (context: CliContext) => Promise<Wired>;
