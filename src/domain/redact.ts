/** Text in, the same text without secrets out. */
export type Redact = (text: string) => string;

// Linear patterns only, so that hostile text cannot make the redactor slow (no nested repetition).
const PATTERNS: readonly [RegExp, string][] = [
  [/\b(sk|rk)_(live|test)_[A-Za-z0-9]{6,}/g, '$1_$2_•••'],
  [/\bwhsec_[A-Za-z0-9+/=_-]{6,}/g, 'whsec_•••'],
  [/\bnapi_[A-Za-z0-9]{6,}/g, 'napi_•••'],
  [/\bxox[abeprs]-[A-Za-z0-9-]{6,}/g, 'xox•-•••'],
  [/\bgh[opsu]_[A-Za-z0-9]{16,}/g, 'gh•_•••'],
  [/\bgithub_pat_[A-Za-z0-9_]{16,}/g, 'github_pat_•••'],
  [/\bglpat-[A-Za-z0-9_-]{16,}/g, 'glpat-•••'],
  [/(\/services\/)[A-Za-z0-9/]{8,}/g, '$1•••'],
  [/\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]{4,}/g, 'jwt•••'],
  [/-----BEGIN [A-Z ]{3,40}-----[^-"]{1,8000}-----END [A-Z ]{3,40}-----/g, 'PEM•••'],
];

// No quotation mark is part of an address: over one, two texts of a JSON document would be taken for a single one.
const IN_ADDRESSES: readonly [RegExp, string][] = [
  // A token that stands in an address as a user without a password, as git's own messages repeat it.
  [/(https?:\/\/)[^\s:/@"]{8,200}@/gi, '$1•••@'],
  [/([a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@"]{0,200}):[^\s@/"]{1,200}@/gi, '$1:•••@'],
];
const IN_ANY = [...PATTERNS, ...IN_ADDRESSES];

const escapeForPattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const toBase64 = (text: string): string =>
  btoa(String.fromCharCode(...new TextEncoder().encode(text))).replace(/=+$/, '');

/** The ways one secret may be spelled on its way out. */
function spellings(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  return [secret, json, encodeURIComponent(secret), toBase64(secret), encodeURI(secret)];
}

const mask = (secret: string): string => (secret.length >= 16 ? `•••${secret.slice(-4)}` : '•••');

const LEAST_HIDDEN = 6;

/** True for a value too short to be masked: it would garble every text, so that it is shown wherever it stands. */
export const isTooShortToHide = (secret: string): boolean => secret.length < LEAST_HIDDEN;

/**
 * A redactor that knows these secret values (in clear, base64, URL and JSON spelling) and the shapes of the
 * vendors' keys. Values shorter than six characters are left alone: masking them would garble every text.
 */
export function makeRedactor(secrets: Iterable<string>): Redact {
  const known = [...new Set(secrets)].filter((s) => !isTooShortToHide(s));
  const table = new Map(known.flatMap((s) => spellings(s).map((way) => [way, mask(s)] as const)));
  const longestFirst = [...table.keys()].sort((a, b) => b.length - a.length).map(escapeForPattern);
  const exact = longestFirst.length > 0 ? new RegExp(longestFirst.join('|'), 'g') : undefined;
  return (text) => {
    const cleared = exact ? text.replace(exact, (hit) => table.get(hit) ?? '•••') : text;
    // A scheme is looked for at every letter, and most texts have none: every line of a watch comes by here.
    const patterns = cleared.includes('://') ? IN_ANY : PATTERNS;
    return patterns.reduce((out, [pattern, by]) => out.replace(pattern, by), cleared);
  };
}
