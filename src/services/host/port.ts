/** What the running application says about itself. */
export interface LiveVersion {
  /** Without the `v`. */
  readonly version: string;
  readonly commit?: string;
  readonly status?: string;
  readonly maintenance?: boolean;
  readonly environment?: string;
  readonly latencyMs: number;
}

export interface WantedVersion {
  /** With or without the `v`. */
  readonly version: string;
  /** The tag, where the version is tried as a candidate; the application may say either. */
  readonly candidate?: string;
  /** Full hash; empty when it is not known, and then the version alone decides. */
  readonly commit: string;
}

/** How often and how consistently the wanted version answered. */
export interface LiveProof {
  readonly version: string;
  readonly commit?: string;
  /** Right answers in a row. */
  readonly answers: number;
  readonly tookMs: number;
}

/** How a caller follows something that takes its time. */
export interface Following {
  /** A line for people: progress, a page to look at, or what somebody has to do. */
  readonly tell?: (said: string) => void;
  readonly signal?: AbortSignal;
}

/** An order to publish that was found again; what it led to is the health endpoint's to say. */
export interface FoundPublish {
  readonly id: string;
  readonly state: 'underway' | 'accepted' | 'failed';
  readonly said: string;
}

/**
 * The platform that runs the application. Publishing is only ever a request; the proof is what the health
 * endpoint says, several times in a row. No deployment id is claimed that the platform did not give.
 */
export interface HostPort {
  /** `publish` is false when a person has to do it, or nothing is configured. */
  readonly can: (env: string) => { readonly publish: boolean; readonly strategy: string };
  /** Asks the platform to publish; resolves when it accepted. `marker` finds the order again. */
  publish(
    env: string,
    wanted: WantedVersion,
    marker: string,
    following?: Following,
  ): Promise<{ readonly id: string }>;
  /** The order with this marker, where the platform keeps such a record; else undefined. */
  findPublish(env: string, marker: string): Promise<FoundPublish | undefined>;
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
