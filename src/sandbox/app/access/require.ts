import type { App } from '../app.ts';
import type { AppRequest } from '../http/exchange.ts';
import { Problem } from '../http/problem.ts';
import { isSameSecret } from './same-secret.ts';
import { readToken } from './token.ts';

const unauthorized = (): Problem => new Problem(401, 'unauthorized');

const bearer = ({ headers }: AppRequest): string =>
  /^Bearer (\S{1,4096})$/i.exec(headers.authorization ?? '')?.[1] ?? '';

/** True when the request carries the operator's token. */
export const isOperator = ({ settings }: App, request: AppRequest): boolean =>
  isSameSecret(bearer(request), settings.operatorToken);

/** Throws 401 for anybody but an operator. */
export function requireOperator(app: App, request: AppRequest): void {
  if (!isOperator(app, request)) throw unauthorized();
}

/** Throws 401 for anybody but an operator or an admin. */
export function requireAdmin(app: App, request: AppRequest): void {
  if (!isOperator(app, request) && !isSameSecret(bearer(request), app.settings.adminToken))
    throw unauthorized();
}

/** The id of the user whose token the request carries. Throws 401. */
export function requireUser({ settings }: App, request: AppRequest): number {
  const user = readToken(bearer(request), settings.jwtSecret, new Date());
  if (user === undefined) throw unauthorized();
  return user;
}
