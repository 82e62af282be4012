import type { Pool } from 'pg';
import type { Mishap } from './behaviour.ts';
import type { Build } from './build.ts';
import type { FlagsFile } from './flags.ts';
import type { AppSettings } from './settings.ts';

/** What every handler may use. */
export interface App {
  readonly settings: AppSettings;
  readonly build: Build;
  readonly pool: Pool;
  readonly flags: FlagsFile;
  readonly nextMishap: (route: string) => Mishap;
}
