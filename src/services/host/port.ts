/** What the running application says about itself. */
export interface LiveVersion {
  readonly version: string;
  readonly commit?: string;
  readonly status?: string;
  readonly maintenance?: boolean;
  readonly environment?: string;
  readonly latencyMs: number;
}

export interface WantedVersion {
  readonly version: string;
  readonly commit: string;
}

/** How often and how consistently the wanted version answered. */
export interface LiveProof {
  readonly version: string;
  readonly commit?: string;
  readonly answers: number;
  readonly tookMs: number;
}

/**
 * The platform that runs the application. Publishing is only ever a request; the proof is what the health
 * endpoint says, several times in a row (apis.md 4). No deployment id is claimed that the platform did not give.
 */
export interface HostPort {
  readonly can: (env: string) => { readonly publish: boolean; readonly strategy: string };
  /** Asks the platform to publish; resolves when it accepted. */
  publish(
    env: string,
    wanted: WantedVersion,
    marker: string,
    signal?: AbortSignal,
  ): Promise<{ readonly id: string }>;
  /** One answer of the health endpoint, never from a cache. Throws when it is down or not ours. */
  liveVersion(env: string): Promise<LiveVersion>;
  /** Polls until the wanted version answered k times in a row; throws E_NOT_LIVE at the deadline. */
  proveLive(
    env: string,
    wanted: WantedVersion,
    tell?: (said: string) => void,
    signal?: AbortSignal,
  ): Promise<LiveProof>;
}
