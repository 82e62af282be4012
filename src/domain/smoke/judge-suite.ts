import type { EndpointState } from './judge-endpoint.ts';

/** The whole suite: any fail is no-go, any unknown is hold, nothing asked is no-go. */
export function judgeSuite(states: readonly EndpointState[]): 'go' | 'hold' | 'no-go' {
  const asked = states.filter((state) => state !== 'skip');
  if (asked.length === 0 || asked.includes('fail')) return 'no-go';
  return asked.includes('unknown') ? 'hold' : 'go';
}
