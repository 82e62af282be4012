import { metadataRefused } from './look-up.ts';
import { isMetadataAddress } from './metadata-address.ts';
import { makeMultipart } from './multipart.ts';
import type { WebRequest } from './port.ts';
import { requestRefused } from './refusals.ts';

/** A request ready to be sent by either way. */
export interface Outgoing {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

/** One slash at the beginning, and nothing that a URL parser reads as a host, drops or folds. */
const PLAIN_PATH = /^\/(?![/\\])[^\s\\\p{Cc}]*$/u;
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const HEADER_VALUE = /^[\t\u0020-\u007e\u0080-\u00ff]*$/;
/** Headers that say where a request ends or whom it is for; those are ours to write. */
const FRAMING = new Set([
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'upgrade',
  'te',
  'trailer',
]);

/** The address of `path` at the application; throws E_WEB_REQUEST for one that could lead to another host (T24, T25). */
function aim(base: URL, path: string): URL {
  if (isMetadataAddress(base.hostname)) throw metadataRefused();
  const address = `${base.origin}${base.pathname.replace(/\/$/, '')}${path}`;
  if (!PLAIN_PATH.test(path) || !URL.canParse(address) || new URL(address).origin !== base.origin)
    throw requestRefused(
      'A path would leave the application, or is no path.',
      'Paths begin with one / and hold no spaces, line ends or backslashes.',
    );
  return new URL(address);
}

function checkHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const checked = Object.entries(headers).map(([name, value]) => {
    const key = name.toLowerCase();
    if (!HEADER_NAME.test(name) || FRAMING.has(key))
      throw requestRefused('A header may not be sent under the name it has.', 'Correct its name.');
    if (!HEADER_VALUE.test(value))
      throw requestRefused(
        `The value of the header ${key} holds a line end or another control character.`,
        'Correct the value; a secret that was pasted often ends with a line end.',
      );
    return [key, value] as const;
  });
  return Object.fromEntries(checked);
}

function readBody({ method, body, file, fields }: WebRequest): { type?: string; bytes?: Uint8Array } {
  const isForm = file !== undefined || fields !== undefined;
  if ((body !== undefined && isForm) || (method === 'GET' && (body !== undefined || isForm)))
    throw requestRefused(
      'A request has a body that it cannot have.',
      'Send either a body or a form, never by GET.',
    );
  if (isForm) return makeMultipart({ ...(file ? { file } : {}), ...(fields ? { fields } : {}) });
  return body === undefined ? {} : { bytes: Buffer.from(body, 'utf8') };
}

/** An address like https://user:password@host is taken apart, because only one of the two ways can send it. */
function readBasic({ username, password }: URL): Record<string, string> {
  if (username === '' && password === '') return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

/** Checks a request and gives it its address, headers and bytes; throws E_WEB_REQUEST before anything is sent. */
export function prepareRequest(base: URL, request: WebRequest): Outgoing {
  const url = aim(base, request.path);
  const { type, bytes } = readBody(request);
  const headers = {
    accept: '*/*',
    // Compressed answers would count other bytes than the limit does, and measure another thing.
    'accept-encoding': 'identity',
    'user-agent': 'release-runbook',
    ...readBasic(base),
    ...checkHeaders(request.headers ?? {}),
    ...(type === undefined ? {} : { 'content-type': type }),
  };
  return { url, method: request.method, headers, ...(bytes === undefined ? {} : { body: bytes }) };
}
