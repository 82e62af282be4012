/** Everything the application is told by whoever starts it. */
export interface AppSettings {
  /** 0 takes a free one. */
  readonly port: number;
  readonly databaseUrl: string;
  /** production, staging …: what /health says. */
  readonly environment: string;
  /** Checkout of the build: its package.json and app/behaviour.json are read once, at the start. */
  readonly root: string;
  readonly commit: string;
  /** JSON file of the platform with what must survive a publish and a restore of the database. */
  readonly flagsFile: string;
  /** Folder of uploads. */
  readonly filesFolder: string;
  readonly jwtSecret: string;
  /** Bearer token of operators: health details, maintenance, jobs. */
  readonly operatorToken: string;
  /** Bearer token that may read the database's health and nothing else. */
  readonly adminToken: string;
  /** Value of the header that passes maintenance mode. */
  readonly bypass: string;
  readonly stripe: { readonly secretKey: string; readonly apiUrl: string; readonly webhookSecret: string };
  /** Shortest age of an export before it is ready. */
  readonly exportMs: number;
  readonly logLevel: string;
  /** Requests a minute that one caller is promised; told, not enforced. */
  readonly rateLimit: number;
  /** Names of the environment's variables; never their values. */
  readonly envNames: readonly string[];
  /** Takes one line for the operator's log; no secret is ever in it. */
  readonly say: (line: string) => void;
}
