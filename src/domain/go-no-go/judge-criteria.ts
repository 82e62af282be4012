import type { Finding } from '../finding.ts';
import type { Verdict } from '../verdict.ts';
import { CRITERIA, type Criterion } from './criteria.ts';

/** What is known of one criterion. */
export interface CriterionAnswer {
  readonly id: string;
  readonly row: string;
  readonly text: string;
  /** True: fulfilled, or accepted by a waiver. Null: not known, or for people to say; never as good as true. */
  readonly ok: boolean | null;
  /** The checks that answered, or that would have. */
  readonly from: readonly string[];
  /** What was seen, and where. */
  readonly said: string;
  /** What to do about it; missing when it is fulfilled. */
  readonly todo?: string;
  /** The role that has to say it. */
  readonly decides?: string;
}

/** What the criteria rest on. */
export interface CriteriaFacts {
  readonly findings: readonly Finding[];
  /** Checks that were not asked because something is not configured. */
  readonly absent: readonly { readonly check: string; readonly why: string }[];
  /** Roles of the runbook by key, and the keys of those that decide (decisions.1). */
  readonly roles: Readonly<Record<string, { readonly title: string }>>;
  readonly deciders: readonly string[];
}

type Said = Pick<CriterionAnswer, 'ok' | 'said' | 'todo' | 'decides'>;

const isMeant = (id: string, pattern: string): boolean =>
  pattern.endsWith('.*') ? id.startsWith(pattern.slice(0, -1)) : id === pattern;

const answers = (criterion: Criterion, id: string): boolean =>
  criterion.from.some((pattern) => isMeant(id, pattern));

const quote = ({ check, said }: Finding): string => `${check}: ${said}`;

/** A finding that alone keeps a criterion from being fulfilled: open blockers, like in the verdict. */
const isOpen = ({ weight, waived }: Finding): boolean => weight === 'blocker' && waived === undefined;

const isBad = (one: Finding): boolean => isOpen(one) && one.outcome === 'fail' && one.holds !== true;

const isUndecided = (one: Finding): boolean =>
  isOpen(one) &&
  (one.outcome === 'unknown' || one.outcome === 'fail' || (one.outcome === 'skip' && one.byHand === true));

/** A check that says that it does not concern this release answers nothing. */
const isAnswer = (one: Finding): boolean => one.outcome !== 'skip' || one.byHand === true;

function todoOf(why: string): string {
  if (/^no (release|version) (is|was) named$/.test(why)) return 'Name it: release preflight v1.2.3.';
  const first = why.includes('configured') ? 'Configure it' : 'Ask it when it can be';
  return `${first}, or let people decide without it.`;
}

function sayAbsent(criterion: Criterion, { absent }: CriteriaFacts): Said {
  const why = absent.find((one) => answers(criterion, one.check));
  const said = why ? `${why.check} was not asked: ${why.why}` : `no answer of ${criterion.from.join(', ')}`;
  const todo = why === undefined ? 'Let people look.' : todoOf(why.why);
  return { ok: null, said, todo };
}

function judgeChecks(criterion: Criterion, facts: CriteriaFacts): Said {
  const found = facts.findings.filter((one) => answers(criterion, one.check) && isAnswer(one));
  const bad = found.find(isBad) ?? found.find(isUndecided);
  if (bad) {
    const todo = bad.remedy ?? `Look into ${bad.check}, then ask again.`;
    return { ok: isBad(bad) ? false : null, said: quote(bad), todo };
  }
  const [first] = found;
  if (first === undefined) return sayAbsent(criterion, facts);
  const waived = found.find((one) => one.waived !== undefined);
  if (waived?.waived) return { ok: true, said: `${waived.check}: accepted by ${waived.waived.by}` };
  return { ok: true, said: found.length === 1 ? quote(first) : `${found.length} checks passed` };
}

/** What a person has to say is open until it can be recorded; the machine never says it for them. */
function askPerson(saidBy: readonly string[], { roles, deciders }: CriteriaFacts): Said {
  const role = [...saidBy, ...deciders].find((key) => Object.hasOwn(roles, key)) ?? saidBy[0] ?? 'somebody';
  const title = roles[role]?.title ?? role;
  return { ok: null, said: `${title} has to say so`, todo: `Ask ${title} before decision 1.`, decides: role };
}

function judgeCriterion(criterion: Criterion, facts: CriteriaFacts): CriterionAnswer {
  const { id, row, text, from, saidBy } = criterion;
  const seen = from.length > 0 ? judgeChecks(criterion, facts) : undefined;
  const asked = facts.findings.filter((one) => answers(criterion, one.check)).map((one) => one.check);
  const said = saidBy && seen?.ok !== false ? askPerson(saidBy, facts) : seen;
  return { id, row, text, ok: null, said: '', ...said, from: asked.length > 0 ? asked : from };
}

/** Every GO and NO-GO criterion of the runbook, in its order, with what is known of it. */
export const judgeCriteria = (facts: CriteriaFacts): readonly CriterionAnswer[] =>
  CRITERIA.map((criterion) => judgeCriterion(criterion, facts));

/** GO-10, NG-08: one that is not fulfilled is NO-GO, one that is open is HOLD, and GO is only all of them. */
export function judgeDecision(answers: readonly Pick<CriterionAnswer, 'ok'>[]): Verdict['call'] {
  if (answers.some((one) => one.ok === false)) return 'no-go';
  return answers.length > 0 && answers.every((one) => one.ok === true) ? 'go' : 'hold';
}
