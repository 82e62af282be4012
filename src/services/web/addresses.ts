import { lookup } from 'node:dns/promises';
import { seconds } from '../../domain/duration.ts';
import { withDeadline } from './deadline.ts';
import { noResolver } from './refusals.ts';

type Found = { readonly host: string; readonly addresses: readonly string[]; readonly tookMs: number };
type Find = (host: string, options: { all: true }) => Promise<readonly { readonly address: string }[]>;

/**
 * Every address of the host, found the way requests find it, and the time it took in ms. A name that does not exist
 * has none; a resolver that fails throws E_NETWORK, for then nobody knows (ENV-04, F58).
 */
export async function findAddresses(url: URL, limitMs = seconds(10), find: Find = lookup): Promise<Found> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const start = performance.now();
  try {
    const found = await withDeadline(limitMs, undefined, () => find(host, { all: true }));
    return { host, addresses: found.map(({ address }) => address), tookMs: performance.now() - start };
  } catch (error) {
    const code = String((error as { code?: unknown }).code ?? 'no answer');
    if (code === 'ENOTFOUND') return { host, addresses: [], tookMs: performance.now() - start };
    throw noResolver(host, code);
  }
}
