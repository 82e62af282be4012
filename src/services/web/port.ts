import type { Expectation } from '../../domain/smoke/expect-answer.ts';
import type { ErrorKind } from '../../domain/smoke/sample.ts';

/** A request to the application itself. Paths only: the host comes from the environment's configuration. */
export interface WebRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly file?: {
    readonly field: string;
    readonly name: string;
    readonly type: string;
    readonly bytes: Uint8Array;
  };
  readonly fields?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
  /** Largest body that is taken; never more than the port's own limit. */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
}

/** The clock starts with the request and stops at the last byte (benchmarks T5). */
export interface WebAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
  readonly text: string;
  /** Undefined when the body is no JSON. */
  readonly json: unknown;
  readonly tookMs: number;
}

/** A call that is sent again and again at fixed moments, so that a slow answer holds up no later one (benchmarks T6). */
export interface Lane {
  readonly id: string;
  readonly request: WebRequest;
  readonly expected: Expectation;
  readonly times: number;
  readonly everyMs: number;
}

/** How lanes are measured. */
export interface MeasureOrder {
  readonly lanes: readonly Lane[];
  /** Longest time of all of it in ms; what is under way then is cut off (`isCut`). */
  readonly forMs: number;
  /** Requests that may be under way at the same time, at most twenty. */
  readonly atOnce: number;
  readonly signal: AbortSignal;
}

/** One answer, in ms since the measuring began. Null: it did not come so far. */
export interface Timed {
  readonly lane: string;
  /** When its turn came; its time counts from here, also where it had to wait for others to end. */
  readonly intendedMs: number;
  readonly startMs: number;
  /** Null on a connection that was there already. */
  readonly connectMs: number | null;
  readonly firstByteMs: number | null;
  readonly endMs: number;
  readonly status: number | null;
  /** True: the time of it all was over before the answer came. */
  readonly isCut?: true;
  readonly wrong?: string;
  readonly error?: ErrorKind;
  readonly reused: boolean;
  /** How long the prober had been away when it saw the end, in ms. */
  readonly lagMs: number;
}

/** What was measured; samples in the order of their ends. */
export interface Measurement {
  readonly samples: readonly Timed[];
  /** First answer of each lane, which opens its connection and is in no figure. */
  readonly coldMs: Readonly<Record<string, number>>;
  /** Kept connections that the server was just closing; the request was sent once more (benchmarks T4). */
  readonly stale: number;
}

export interface CertificateFacts {
  readonly validTo: string;
  readonly subject: string;
  readonly issuer: string;
  /** Undefined when chain and host name are good; else what the TLS library said. */
  readonly problem?: string;
}

/** HTTP, TLS and DNS towards the application. Never follows a redirect with a body or credentials (T25). */
export interface WebPort {
  request(env: string, request: WebRequest): Promise<WebAnswer>;
  /** Measures lanes beside each other, in a thread of its own where the program was built. Rejects when it is stopped. */
  measure(env: string, order: MeasureOrder): Promise<Measurement>;
  /** undefined when the environment's address is plain http. */
  certificate(env: string): Promise<CertificateFacts | undefined>;
  addresses(
    env: string,
  ): Promise<{ readonly host: string; readonly addresses: readonly string[]; readonly tookMs: number }>;
}
