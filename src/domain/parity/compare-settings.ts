import type { Side } from './likeness.ts';

/** What may differ, and what is said about it. */
export interface Accepted {
  readonly accepted: readonly string[];
  /** Differences in the wrong direction: they lower no score, and somebody should look. */
  readonly warnings: readonly string[];
}

/** Never read or never compared; differences in them are how two environments have to be. */
const ALWAYS = ['values of variables', 'amount of data', 'owners'];

function compareLimits({ env, settings }: Side, right: Side): Accepted {
  const limits = Object.entries(settings.rateLimits).flatMap(([name, left]) => {
    const other = Object.hasOwn(right.settings.rateLimits, name)
      ? right.settings.rateLimits[name]
      : undefined;
    return other === undefined || other === left ? [] : [{ name, left, other }];
  });
  const higher = limits.filter(({ left, other }) => left > other);
  return {
    accepted: limits.some(({ left, other }) => left < other) ? ['rate limits'] : [],
    warnings: higher.map(
      ({ name, left, other }) => `rate limit ${name} is ${left} in ${env} and only ${other} in ${right.env}`,
    ),
  };
}

/** PAR-06 to PAR-09: what may differ. Limits that are higher in staging hide what users of production will meet. */
export function compareSettings(left: Side, right: Side): Accepted {
  const limits = compareLimits(left, right);
  const isLogged = left.settings.logLevel !== right.settings.logLevel;
  const exposed = [left, right].flatMap(({ env, address, exposed: names }) =>
    names.length === 0 ? [] : [`${address} (${env}) tells the values of ${names.join(', ')}`],
  );
  return {
    accepted: [...ALWAYS, ...(isLogged ? ['log level'] : []), ...limits.accepted],
    warnings: [...limits.warnings, ...exposed],
  };
}
