import type { Call } from './call.ts';

const PLACE = /\{([A-Za-z][A-Za-z0-9_]*)\}/g;
const PARTS = ['path', 'headers', 'json', 'fields', 'body'] as const;

/** Names that a call fills in; the token of its user is one of them. */
function listNames(call: Call): readonly string[] {
  const text = PARTS.map((part) => JSON.stringify(call[part]) ?? '').join(' ');
  const names = [...text.matchAll(PLACE)].map((match) => match[1] ?? '');
  return call.as === 'user' ? [...names, 'token'] : names;
}

/**
 * Ids of the calls that must have ended before this one can be sent: those before it that capture what it fills in, and the one
 * that it names in `after`. Nothing else waits: a pass takes as long as its longest chain, not as all of it (benchmarks M5).
 */
export function findNeeds(call: Call, calls: readonly Call[]): readonly string[] {
  const names = new Set(listNames(call));
  const before = calls.slice(0, calls.indexOf(call));
  return before
    .filter(
      ({ id, capture }) => id === call.after || Object.keys(capture ?? {}).some((name) => names.has(name)),
    )
    .map(({ id }) => id);
}
