import type { StatusWord } from '../../domain/status-word.ts';

/** How it is for users: kept out, let in and not yet known to be well, as ever. */
export type StatusImpact = 'out' | 'impaired' | 'none';

/** What a page is to say of the incident of one run. */
export interface StatusOrder {
  /** The run whose incident it is; a page has at most one of each. */
  readonly run: string;
  readonly state: StatusWord;
  /** Heading, for customers. */
  readonly title: string;
  /** One or two sentences, for customers. */
  readonly text: string;
  readonly impact: StatusImpact;
}

/** An incident of ours as the page tells it. */
export interface StatusIncident {
  readonly run: string;
  readonly title: string;
  readonly state: StatusWord;
  /** The newest text; empty when the page does not tell it. */
  readonly text: string;
  /** When it was last told (ISO). */
  readonly at: string;
  /** Where people read it. */
  readonly link?: string;
}

/** A page on which customers read how the application is. */
export interface StatusPagePort {
  /** False for a page that takes what it is told and cannot be asked (a webhook). */
  canRead(env: string): boolean;
  /**
   * Incidents of this service and environment that this program opened, newest first; what people opened by hand is never
   * among them. Throws E_STATUS_PAGE_UNREADABLE where the page cannot be asked, and what `tell` throws.
   */
  list(env: string): Promise<readonly StatusIncident[]>;
  /**
   * Says it, once: where the page says the same or more already, nothing is changed, and `resolved` alone opens no
   * incident. Answers what the page says now; undefined when there was nothing to resolve. After `signal` nothing more is
   * sent. Throws E_STATUS_PAGE_KEY,
   * E_STATUS_PAGE_BUSY, E_STATUS_PAGE_REFUSED, E_STATUS_PAGE_UNREACHABLE, E_STATUS_PAGE_FILE.
   */
  tell(env: string, order: StatusOrder, signal?: AbortSignal): Promise<StatusIncident | undefined>;
}
