import type { ReleaseError } from '../../domain/failure.ts';
import type { Finding } from '../../domain/finding.ts';

/** What every kind of file says of a part, so that nobody takes its GO for that of the whole. */
export const PART = 'a part of the gate, no verdict on the release';

/** What a command answered, for everything that is written to a file. One model, many kinds of files. */
export interface GateReport {
  /** Version of this program. */
  readonly tool: string;
  /** `release preflight v2.1.0`. */
  readonly title: string;
  readonly env: string;
  readonly sandbox: boolean;
  /** A verdict word like `go`; '' when there was no verdict. */
  readonly verdict: string;
  readonly exitCode: number;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly durationMs: number;
  readonly findings: readonly Finding[];
  /** True when some checks of the gate were asked and others were not: whatever they say is no verdict on the release. */
  readonly part: boolean;
  /** Ids of the checks that decided a verdict that is no go. */
  readonly because: readonly string[];
  /** Command lines that go on from here. */
  readonly next: readonly string[];
  /** Why there are no findings, when the command was refused or broke. */
  readonly error?: Pick<ReleaseError, 'code' | 'text'>;
}
