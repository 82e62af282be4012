import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isMetadataAddress } from './metadata-address.ts';
import { requestRefused } from './refusals.ts';

/** The refusal of an address that would answer with the keys of this machine (T24). */
export const metadataRefused = () =>
  requestRefused(
    'The address of an application leads to a metadata service, which tells the keys of the machine that asks.',
    'Correct its url, or the name server that answers for it.',
  );

/** Finds addresses as Node does, each time a connection is made: a name may lead elsewhere than a moment ago. */
export const makeLookUp =
  (find: typeof lookup = lookup): LookupFunction =>
  (host, options, tell) =>
    find(host, options, (error, found, family) => {
      const addresses = typeof found === 'string' ? [found] : (found ?? []).map(({ address }) => address);
      tell(addresses.some(isMetadataAddress) ? metadataRefused() : error, found, family);
    });
