import { makePlaces } from '../../../src/domain/sql-place.ts';
import type { ReadSql, SqlOrigin } from '../../../src/services/sql/port.ts';
import { families, findRule, rules } from '../rules/index.ts';
import { inspectTransactions } from '../rules/transactions.ts';
import { hitOfRefusal, hitOfUnread } from '../rules/unread.ts';
import { calledFunctions } from './called-functions.ts';
import { contentHash } from './content-hash.ts';
import { inspectEarlier } from './inspect-earlier.ts';
import type { Known } from './known.ts';
import { learn } from './learn.ts';
import type { Hit, Level, RuleClass } from './rule.ts';
import { type FileWaiver, readWaivers, unneeded } from './waivers.ts';

/** A file of migrations as it was read. */
export interface SqlFile {
  /** As messages name it. */
  readonly path: string;
  readonly sql: string;
  readonly read: ReadSql;
}

/** One thing that a rule sees, at its place in the file. */
export interface Remark {
  readonly line: number;
  readonly column: number;
  readonly rule: string;
  readonly class: RuleClass;
  readonly level: Level;
  readonly said: string;
  readonly remedy: string;
  /** The reason in the file's own waiver. */
  readonly waived?: string;
}

export interface FileReport {
  readonly path: string;
  /** What a waiver in this file has to carry. */
  readonly hash: string;
  readonly remarks: readonly Remark[];
}

type Within = { readonly origin: SqlOrigin; readonly inside?: string };

/** What is only defined does nothing yet. */
function asDefined(hit: Hit, { origin, inside }: Within, called: ReadonlySet<string>): Hit {
  if (origin !== 'function') return hit;
  const said = `the function ${inside} ${hit.said}`;
  return called.has(inside ?? '') ? { ...hit, said } : { ...hit, level: 'note', said };
}

type Readable = Extract<ReadSql, { readonly ok: true }>;

function inspectStatements({ statements, unread }: Readable, known: Known): readonly Hit[] {
  const called = calledFunctions(statements);
  const own = new Set(statements.flatMap(({ inside }) => inside ?? []));
  const earlier = known.bodies.filter(({ inside }) => !own.has(inside ?? ''));
  const hits = statements.flatMap((statement) => {
    const found = families.flatMap((family) => family.inspect(statement, known));
    learn(known, statement);
    return found.map((hit) => asDefined(hit, statement, called));
  });
  const dark = unread.map((one) => asDefined(hitOfUnread(one), one, called));
  return [
    ...hits,
    ...inspectEarlier(statements, earlier, known),
    ...dark,
    ...inspectTransactions(statements),
  ];
}

function inspectFile({ read }: SqlFile, known: Known): readonly Hit[] {
  if (read.ok) return inspectStatements(read, known);
  known.clear();
  return [hitOfRefusal(read.said, read.at)];
}

/** Hits made into remarks: with their place, their rule's words and their waiver. */
export function makeRemarks(
  sql: string,
  hits: readonly Hit[],
  waivers: readonly FileWaiver[] = [],
): readonly Remark[] {
  const place = makePlaces(sql);
  return hits
    .map((hit) => {
      const rule = findRule(hit.rule);
      const waiver = waivers.find((one) => one.rule === hit.rule);
      return {
        ...place(hit.at),
        rule: hit.rule,
        class: hit.class ?? rule?.class ?? 'destructive',
        level: hit.level ?? rule?.level ?? 'error',
        said: hit.said,
        remedy: rule?.remedy ?? '',
        ...(waiver === undefined ? {} : { waived: waiver.reason }),
      };
    })
    .sort((a, b) => a.line - b.line || a.column - b.column);
}

/** Applies every rule to a file, in the order of its statements; `known` learns from it. */
export function lintFile(file: SqlFile, known: Known, takesNotes: boolean): FileReport {
  const { path, sql, read } = file;
  const hash = contentHash(sql, read.comments);
  const found = inspectFile(file, known).filter((hit) => takesNotes || findRule(hit.rule)?.isStyle !== true);
  const { waivers, hits } = readWaivers(read.comments, hash, rules);
  return { path, hash, remarks: makeRemarks(sql, [...found, ...hits, ...unneeded(waivers, found)], waivers) };
}
