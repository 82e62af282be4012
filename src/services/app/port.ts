/** What a running application says it is made of: schema/app-health.schema.json, docs/parity.md. Names, never values. */
export interface Inventory {
  /** The address that was asked. */
  readonly address: string;
  /** Without the `v`. */
  readonly version?: string;
  readonly commit?: string;
  /** Version of Node.js, without the `v`. */
  readonly node: string;
  /** Installed packages with their versions; undefined when the application does not say. */
  readonly dependencies?: Readonly<Record<string, string>>;
  /** Names of its environment variables, sorted. */
  readonly envKeys: readonly string[];
  readonly settings: AppSettings;
  /** Names whose values stood in the answer; the values were let go of unread. */
  readonly exposed: readonly string[];
}

/** Settings that may differ between environments. */
interface AppSettings {
  readonly logLevel?: string;
  /** Requests by the name of their limit; lower is stricter. */
  readonly rateLimits: Readonly<Record<string, number>>;
}

/** The application itself, asked as its operator. */
export interface AppPort {
  /** Where `inventory` asks; needs no network. */
  inventoryAddress(env: string): string;
  /** Throws E_INVENTORY when the answer lacks what has to be compared, E_SECRET_REFUSED, E_APP_DOWN, E_NETWORK. */
  inventory(env: string, signal?: AbortSignal): Promise<Inventory>;
}
