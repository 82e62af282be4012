import type { IncomingMessage } from 'node:http';
import { Problem } from './problem.ts';

const tooLarge = (limit: number): Problem => new Problem(413, `more than ${limit} bytes`);

/** The whole body. Throws 413 as soon as it is known to be longer than `limit` bytes; the rest is thrown away. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
  const parts: Buffer[] = [];
  let length = 0;
  return new Promise((resolve, reject) => {
    request.on('data', (part: Buffer) => {
      length += part.length;
      if (length > limit) reject(tooLarge(limit));
      else parts.push(part);
    });
    request.on('end', () => resolve(Buffer.concat(parts)));
    request.on('error', reject);
  });
}

/** The body as a JSON object. Throws 400. */
export function readObject(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (value !== null && typeof value === 'object' && !Array.isArray(value))
      return value as Readonly<Record<string, unknown>>;
  } catch {
    throw new Problem(400, 'the body is no JSON');
  }
  throw new Problem(400, 'the body is no JSON object');
}
