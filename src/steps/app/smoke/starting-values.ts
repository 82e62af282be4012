import type { Clock } from '../../../domain/clock.ts';
import { bareVersion } from '../../../domain/version.ts';
import type { Environment } from '../../../kit.ts';

/** What a scenario is given before its first call. */
export interface Given {
  /** With or without `v`; what /health must answer. */
  readonly version: string;
  readonly run: string;
  readonly clock: Clock;
  readonly secret: (name: string) => string;
}

/** Values that every smoke run has from the start. */
export function startingValues(environment: Environment, given: Given): Map<string, string | number> {
  const account = environment.smoke;
  const known = new Map<string, string | number>([
    ['version', bareVersion(given.version)],
    ['run', given.run],
    ['now', given.clock.now().getTime()],
  ]);
  if (account === undefined) return known;
  known.set('email', given.secret(account.user)).set('password', given.secret(account.password));
  if (account.adminToken) known.set('adminToken', given.secret(account.adminToken));
  if (account.checkoutPrice) known.set('checkoutPrice', account.checkoutPrice);
  return known;
}

/** Headers that let a smoke run through maintenance mode. */
export function bypassOf(environment: Environment, { secret }: Given): Record<string, string> {
  const bypass = environment.maintenance?.bypass;
  return bypass ? { [bypass.header]: secret(bypass.value) } : {};
}
