import { BlockList, isIPv6 } from 'node:net';

/** Where clouds answer a machine about itself, keys included: link-local addresses, and the few that lie elsewhere. */
const metadata = new BlockList();
metadata.addSubnet('169.254.0.0', 16);
metadata.addSubnet('fe80::', 10, 'ipv6');
metadata.addAddress('fd00:ec2::254', 'ipv6');
metadata.addAddress('100.100.100.200');

/** True for an address at which no application of ours can live, and which would tell this machine's keys (T24). */
export function isMetadataAddress(host: string): boolean {
  const address = host.replace(/^\[|\]$/g, '');
  return metadata.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}
