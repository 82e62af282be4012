import type { WebAnswer } from './port.ts';

/** The body went past the limit; the connection is closed by then. */
export class TooLarge extends Error {}

/** An answer as it came over the wire. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
}

/** All bytes of a body; throws TooLarge as soon as there are more than `most`, and lets go of the rest (F57). */
export async function collect(body: AsyncIterable<Uint8Array>, most: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let seen = 0;
  for await (const part of body) {
    seen += part.byteLength;
    if (seen > most) throw new TooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What callers see: bytes, text and, when it is JSON, the value; whatever the content type claims. */
export function readAnswer({ status, headers, bytes }: RawAnswer, tookMs: number): WebAnswer {
  const text = new TextDecoder().decode(bytes);
  return { status, headers, bytes, text, json: readJson(text), tookMs };
}
