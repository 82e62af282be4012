import { findChannels } from '../domain/template-names.ts';
import type { Runbook } from './schema/index.ts';

/** Without threads every update stands in the channel itself: two hours of a release are no more than six messages there. */
const FLAT_MINUTES = 30;

/** Minutes between two updates of a release while all is well (COM-02a, E-95). */
export function progressMinutes({ services, monitoring }: Pick<Runbook, 'services' | 'monitoring'>): number {
  const { channels = {}, routes = {} } = services.slack ?? {};
  const own = findChannels(routes, 'release-progress').flatMap((name) => channels[name] ?? []);
  const isFlat = own.length > 0 && own.every((channel) => 'webhook' in channel);
  const { progressEveryMinutes } = monitoring;
  return isFlat ? Math.max(FLAT_MINUTES, progressEveryMinutes) : progressEveryMinutes;
}
