const LOOPBACK = /^(localhost|.*\.localhost|127(\.\d{1,3}){3}|::1)$/;

/** Host of an address, in lower case and without the brackets of IPv6. */
export const bareHost = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '').toLowerCase();

/** True for an address of this machine; a proxy elsewhere could never reach it. */
export const isLoopback = (url: string): boolean =>
  URL.canParse(url) && LOOPBACK.test(bareHost(new URL(url)));
