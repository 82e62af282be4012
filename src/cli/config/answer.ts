import type { Finding } from '../../domain/finding.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { ExitCode } from '../exit.ts';

/** What a `release config` question is asked with; nothing of the process is read behind it. */
export interface ConfigOrder {
  readonly cwd: string;
  /** --config or RELEASE_CONFIG. */
  readonly file?: string | undefined;
  /** A copy of the process's environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** --env as it was typed. */
  readonly typedEnv?: string | undefined;
  /** Hears every secret value before anything is said. */
  readonly learn: (secret: string) => void;
}

export interface ConfigAnswer {
  readonly exitCode: ExitCode;
  /** For people, on stdout. */
  readonly text: string;
  /** `text` is that of a file. */
  readonly isFile?: boolean;
  /** The same for machines. */
  readonly result: JsonObject;
  /** Of a written runbook: one for each rule that found something. */
  readonly findings?: readonly Finding[];
  /** The generated runbook. */
  readonly document?: string;
}
