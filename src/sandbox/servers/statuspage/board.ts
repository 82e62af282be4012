import { randomBytes } from 'node:crypto';

/** One update of an incident, as the page shows it. */
interface Update {
  readonly status: string;
  readonly body: string;
  readonly created_at: string;
}

export interface BoardIncident {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly shortlink: string;
  readonly metadata: object;
  readonly created_at: string;
  readonly updated_at: string;
  /** Newest first. */
  readonly incident_updates: readonly Update[];
}

export interface Component {
  readonly id: string;
  readonly name: string;
  readonly status: string;
}

/** What a caller may say of an incident. */
export interface Said {
  readonly name?: string | undefined;
  readonly status?: string | undefined;
  readonly body?: string | undefined;
  readonly metadata?: object | undefined;
  readonly components?: Readonly<Record<string, string>> | undefined;
  readonly deliver_notifications?: boolean | undefined;
}

/** The state of one page. */
export class Board {
  incidents: readonly BoardIncident[] = [];
  components: readonly Component[];
  /** How many mails subscribers were sent. */
  mails = 0;
  readonly #now: () => Date;

  constructor(components: readonly { readonly id: string; readonly name: string }[], now: () => Date) {
    this.components = components.map((one) => ({ ...one, status: 'operational' }));
    this.#now = now;
  }

  knows(ids: readonly string[]): boolean {
    return ids.every((id) => this.components.some((one) => one.id === id));
  }

  open(said: Said): BoardIncident {
    const id = randomBytes(6).toString('hex');
    const at = this.#now().toISOString();
    const blank = { id, name: said.name ?? '', status: '', shortlink: `https://stspg.example/${id}` };
    const fresh = { ...blank, metadata: {}, created_at: at, updated_at: at, incident_updates: [] };
    return this.#put(fresh, said);
  }

  change(id: string, said: Said): BoardIncident | undefined {
    const known = this.incidents.find((one) => one.id === id);
    return known && this.#put(known, said);
  }

  #put(before: BoardIncident, said: Said): BoardIncident {
    const at = this.#now().toISOString();
    const status = said.status ?? before.status;
    const update = { status, body: said.body ?? '', created_at: at };
    const after: BoardIncident = {
      ...before,
      ...{ name: said.name ?? before.name, status, updated_at: at },
      metadata: said.metadata ?? before.metadata,
      incident_updates: [update, ...before.incident_updates],
    };
    this.incidents = [after, ...this.incidents.filter(({ id }) => id !== before.id)];
    this.components = this.components.map((one) => ({
      ...one,
      status: said.components?.[one.id] ?? one.status,
    }));
    // Subscribers hear of everything that does not say otherwise.
    if (said.deliver_notifications !== false) this.mails += 1;
    return after;
  }
}
