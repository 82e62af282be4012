import { didYouMean } from '../../../src/domain/suggest.ts';
import type { SqlComment } from '../../../src/services/sql/port.ts';
import { isWaiverComment } from './content-hash.ts';
import type { Hit, Rule } from './rule.ts';

/** A comment that allows one rule in one file. */
export interface FileWaiver {
  readonly rule: string;
  readonly reason: string;
  readonly at: number;
}

export interface ReadWaivers {
  readonly waivers: readonly FileWaiver[];
  /** Comments that were meant to be waivers and are none. */
  readonly hits: readonly Hit[];
}

const MENTION = /^(?:--|\/\*)\s*release-lint\b/;
const ALLOW = /^--\s*release-lint:\s*allow\s+(\S+)(.*)$/;
const REASON = /\breason="([^"]*)"/;
const HASH = /\bhash=([0-9a-f]+)\b/;
/** A reason has words in it; what the pasted line brings along is none. */
const WORDS = /\p{L}{2}/u;

/** The line that allows a rule in a file; the reason is for a person to write. */
export const waiverLine = (rule: string, hash: string): string =>
  `-- release-lint: allow ${rule} reason="…" hash=${hash}`;

const bad = (at: number, said: string): Hit => ({ rule: 'bad-waiver', at, said });

function readOne({ text, at }: SqlComment, hash: string, rules: readonly Rule[]): FileWaiver | Hit {
  const [, id, rest = ''] = ALLOW.exec(text.trimEnd()) ?? [];
  const ids = rules.map((rule) => rule.id);
  if (id === undefined)
    return bad(at, 'allows nothing: it reads -- release-lint: allow <rule> reason="…" hash=…');
  const rule = rules.find((one) => one.id === id);
  if (rule === undefined) return bad(at, `allows "${id}", which is no rule.${didYouMean(id, ids)}`);
  if (rule.isFinal) return bad(at, `allows ${id}, which cannot be allowed: ${rule.remedy}`);
  const reason = REASON.exec(rest)?.[1]?.trim() ?? '';
  if (!WORDS.test(reason)) return bad(at, `allows ${id} without a reason: reason="…"`);
  if (HASH.exec(rest.replace(REASON, ''))?.[1] !== hash)
    return bad(at, `allows ${id} for another text: the hash of this file is hash=${hash}`);
  return { rule: id, reason, at };
}

/** The waivers of a file whose content has this hash, and the comments that only look like one. */
export function readWaivers(
  comments: readonly SqlComment[],
  hash: string,
  rules: readonly Rule[],
): ReadWaivers {
  const read = comments
    .filter(({ text }) => MENTION.test(text))
    .map((one) => (isWaiverComment(one) ? readOne(one, hash, rules) : bad(one.at, BLOCK)));
  return {
    waivers: read.filter((one): one is FileWaiver => 'reason' in one),
    hits: read.filter((one): one is Hit => !('reason' in one)),
  };
}

const BLOCK = 'allows nothing: a waiver is a comment of one line that begins with --';

/** Waivers that nothing in the file needs: harmless, but they look as if something had been looked at. */
export const unneeded = (waivers: readonly FileWaiver[], hits: readonly Hit[]): readonly Hit[] =>
  waivers
    .filter(({ rule }) => !hits.some((hit) => hit.rule === rule))
    .map(({ rule, at }) => ({
      rule: 'bad-waiver',
      at,
      level: 'warning',
      said: `allows ${rule}, which nothing in this file needs`,
    }));
