/** One timed answer of one endpoint. */
export interface Sample {
  /** From the moment it was meant to leave until its last byte, in ms; Infinity where no answer came (benchmarks T6). */
  readonly tookMs: number;
  /** What was wrong with the answer; undefined when it was as expected. */
  readonly wrong?: string;
  /** Why it counts as an error, in a word that can be counted: `status`, `body`, `timeout`, `connection`. */
  readonly error?: ErrorKind;
  /** How long the prober had been away when it saw the end, in ms: the answer may have come that much sooner. */
  readonly lagMs?: number;
  /** The time of the whole suite was over so many ms after it left, before there was an answer. */
  readonly cutAfterMs?: number;
}

/** A try that was cut off after so many ms: it may be over any limit, and surely took longer than that. */
export const cutOff = (afterMs: number): Sample => ({
  tookMs: Number.POSITIVE_INFINITY,
  cutAfterMs: afterMs,
});

/** True when so much of the time may be the prober's own that the sample is left out of the figures (benchmarks T7). */
export const isDisturbed = ({ tookMs, lagMs = 0 }: Sample): boolean => lagMs > Math.max(5, tookMs * 0.05);

/** The time that the application surely took. */
export const sureMs = (sample: Sample): number =>
  sample.cutAfterMs ?? (isDisturbed(sample) ? sample.tookMs - (sample.lagMs ?? 0) : sample.tookMs);

export type ErrorKind = 'status' | 'body' | 'timeout' | 'connection';

/** Whether a call changes data. One that does not say so is sent many times only when its method cannot change any. */
export const doesWrite = ({
  method,
  writes,
}: {
  readonly method: string;
  readonly writes?: boolean | undefined;
}): boolean => writes ?? method !== 'GET';

/** Limits of one endpoint (PER rows). Max is twice P95 when the runbook gives none (E-80). */
export interface EndpointLimits {
  readonly p95Ms: number;
  readonly maxMs: number;
  readonly errorPercent: number;
}

/** How many errors of each kind there were; kinds without any are left out. */
export function countKinds(samples: readonly Sample[]): Readonly<Partial<Record<ErrorKind, number>>> {
  const counts: Partial<Record<ErrorKind, number>> = {};
  for (const { error, wrong } of samples) {
    const kind = error ?? (wrong === undefined ? undefined : 'body');
    if (kind !== undefined) counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}
