import type { AppHandler } from './exchange.ts';

export interface AppRoute {
  /** `GET /api/assessments/:id`: what measurements are grouped by. */
  readonly where: string;
  readonly method: string;
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly handler: AppHandler;
  /** Longest body in bytes. */
  readonly limit: number;
  /** Answers in maintenance mode too. */
  readonly alwaysOpen: boolean;
}

/** A JSON body never needs more. */
const JSON_LIMIT = 256 * 1024;

/** One line of the route table. */
export function on(
  where: string,
  handler: AppHandler,
  { limit = JSON_LIMIT, alwaysOpen = false } = {},
): AppRoute {
  const [method = 'GET', path = '/'] = where.split(' ');
  const names = [...path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '');
  const pattern = new RegExp(`^${path.replace(/:\w+/g, '([^/]+)')}$`);
  return { where, method, pattern, names, handler, limit, alwaysOpen };
}

export interface FoundRoute {
  readonly route: AppRoute;
  readonly params: Readonly<Record<string, string>>;
}

/** The route of a request. Path parts stay as they were sent: ids need no decoding, and nothing else is taken. */
export function findRoute(routes: readonly AppRoute[], method: string, path: string): FoundRoute | undefined {
  for (const route of routes) {
    const match = route.method === method ? route.pattern.exec(path) : null;
    if (match)
      return {
        route,
        params: Object.fromEntries(route.names.map((name, i) => [name, match[i + 1] ?? ''])),
      };
  }
  return undefined;
}
