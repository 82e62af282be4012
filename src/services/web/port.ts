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
  /** undefined when the environment's address is plain http. */
  certificate(env: string): Promise<CertificateFacts | undefined>;
  addresses(
    env: string,
  ): Promise<{ readonly host: string; readonly addresses: readonly string[]; readonly tookMs: number }>;
}
