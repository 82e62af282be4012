import { ReleaseError } from '../domain/failure.ts';
import { bareHost, isLoopback } from '../domain/loopback.ts';

type Env = Readonly<Record<string, string | undefined>>;
type Fetch = typeof globalThis.fetch;

/** Reads a variable in both spellings; lower case first, as curl does. */
const read = (env: Env, name: string): string | undefined =>
  env[name.toLowerCase()] || env[name] || undefined;

const portOf = (url: URL): string => url.port || (url.protocol === 'https:' ? '443' : '80');

/** One entry of NO_PROXY: `*`, a host, `.suffix` or `*.suffix`, each perhaps with a port. */
function isCovered(url: URL, entry: string): boolean {
  if (entry === '*') return true;
  const [, name = '', port] = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
  if (port !== undefined && port !== portOf(url)) return false;
  const suffix = name.replace(/^\*?\./, '');
  return suffix !== '' && (bareHost(url) === suffix || bareHost(url).endsWith(`.${suffix}`));
}

/** The proxy that a request to `address` takes; undefined for the direct way. */
export function findProxy(env: Env, address: string): string | undefined {
  if (!URL.canParse(address) || isLoopback(address)) return undefined;
  const url = new URL(address);
  const proxy = read(env, url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY') ?? read(env, 'ALL_PROXY');
  if (proxy === undefined) return undefined;
  const except = (read(env, 'NO_PROXY') ?? '').split(/[\s,]+/).filter(Boolean);
  if (except.some((entry) => isCovered(url, entry))) return undefined;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

const addressOf = (input: Parameters<Fetch>[0]): string =>
  typeof input === 'string' ? input : input instanceof URL ? input.href : input.url;

const badProxy = (): ReleaseError =>
  new ReleaseError('E_PROXY', {
    what: 'The proxy that the environment names is no http(s) address.',
    why: 'Requests would silently take another way than the one that was meant.',
    next: 'Correct HTTPS_PROXY or HTTP_PROXY, or unset it.',
    state: 'untouched',
  });

/** The package's fetch knows only its own FormData and Blob, so that every request goes to it as plain bytes. */
async function flatten(input: Parameters<Fetch>[0], init: Parameters<Fetch>[1]) {
  const request = new Request(input, init);
  const { method, redirect, signal } = request;
  const body = request.body === null ? null : new Uint8Array(await request.arrayBuffer());
  return { url: request.url, init: { method, redirect, signal, body, headers: [...request.headers] } };
}

/** Loads undici only for those who sit behind a proxy; it costs more than the whole first request. */
async function makeProxiedFetch(proxy: string): Promise<Fetch> {
  if (!URL.canParse(proxy) || !/^https?:$/.test(new URL(proxy).protocol)) throw badProxy();
  // CommonJS: in the bundle its names are found below `default` alone.
  const { default: undici } = await import('undici');
  const { fetch, ProxyAgent } = undici;
  const dispatcher = new ProxyAgent(proxy);
  return async (input, init) => {
    const flat = await flatten(input, init);
    // The package's answer and the platform's differ in nothing but the class they were made from.
    return (await fetch(flat.url, { ...flat.init, dispatcher } as never)) as unknown as Response;
  };
}

/**
 * The fetch that everything of ours goes through: the platform's own, or one through the proxy of HTTPS_PROXY or
 * HTTP_PROXY, unless the host is in NO_PROXY or is this machine (Node 20's fetch ignores all of these).
 * Redirects are the caller's to decide. Own certificates need nothing here: Node reads NODE_EXTRA_CA_CERTS at start,
 * for every client alike.
 */
export function makeFetch(env: Env): Fetch {
  const proxied = new Map<string, Promise<Fetch>>();
  return async (input, init) => {
    const proxy = findProxy(env, addressOf(input));
    if (proxy === undefined) return globalThis.fetch(input, init);
    const known = proxied.get(proxy) ?? makeProxiedFetch(proxy);
    proxied.set(proxy, known);
    return (await known)(input, init);
  };
}

/** Refuses to go on when the environment switches the checking of certificates off for every client (T26). */
export function refuseTlsOff(env: Env): void {
  if (env.NODE_TLS_REJECT_UNAUTHORIZED !== '0') return;
  throw new ReleaseError('E_TLS_OFF', {
    what: 'NODE_TLS_REJECT_UNAUTHORIZED=0 switches the checking of certificates off.',
    why: 'Anybody on the way could read the keys of the database and of the payments.',
    next: 'Unset it. For a certificate authority of your own set NODE_EXTRA_CA_CERTS=/path/to/ca.pem.',
    state: 'untouched',
  });
}
