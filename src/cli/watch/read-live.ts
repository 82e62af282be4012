import { parseReleaseVersion } from '../../domain/version.ts';
import type { Wired } from '../wired.ts';

/** What the application says that it is, with its v. Throws E_VERSION_SHAPE for what is no version. */
export const readLive = async ({ services, env }: Pick<Wired, 'services' | 'env'>): Promise<string> =>
  parseReleaseVersion((await services.host.liveVersion(env)).version);
