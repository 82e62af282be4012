import { createHmac } from 'node:crypto';
import { isSameSecret } from './same-secret.ts';

const HOURS_VALID = 12;

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

// The only header there is: a token that names another algorithm is no token of ours.
const HEADER = encode({ alg: 'HS256', typ: 'JWT' });

const sign = (text: string, secret: string): string =>
  createHmac('sha256', secret).update(text).digest('base64url');

/** A signed token for a user (JWT, HS256), valid for twelve hours. */
export function makeToken(user: number, secret: string, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000);
  const text = `${HEADER}.${encode({ sub: user, iat: seconds, exp: seconds + HOURS_VALID * 3600 })}`;
  return `${text}.${sign(text, secret)}`;
}

/** The user of a token; undefined when its signature or its time is not right. */
export function readToken(token: string, secret: string, now: Date): number | undefined {
  const [header = '', payload = '', signature = '', ...rest] = token.split('.');
  if (header !== HEADER || rest.length > 0) return undefined;
  if (!isSameSecret(signature, sign(`${header}.${payload}`, secret))) return undefined;
  const { sub, exp } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Record<
    string,
    unknown
  >;
  const isValid = typeof exp === 'number' && exp * 1000 > now.getTime();
  return isValid && typeof sub === 'number' ? sub : undefined;
}
