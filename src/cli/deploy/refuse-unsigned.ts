import { isWaitedFor } from '../../config/make-decision-rule.ts';
import type { DecisionState, RoleLine } from '../../domain/approvals/judge-decision.ts';
import { ReleaseError } from '../../domain/failure.ts';
import type { Finding } from '../../domain/finding.ts';
import { makePreflightEvidence } from '../../ledger/approvals/preflight-evidence.ts';
import { recordFindings } from '../../ledger/recorded-finding.ts';
import type { DeployFacts } from '../../plans/plan-deploy.ts';
import { findNewestRun } from '../approvals/find-newest-run.ts';
import { readDecision } from '../approvals/read-decision.ts';
import { asEvidence, readBeforeFirst } from '../approvals/read-reviews.ts';
import { sayNo } from '../approvals/say-no.ts';
import type { TakenOn } from '../approvals/taken-on.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';

/** What decision 1 came to before a deploy. */
export interface Signed {
  /** For the plan. */
  readonly said: string;
  /** What the run that begins is bound to; undefined where it waits for nobody. */
  readonly taken?: TakenOn;
}

const whoCan = (role: string, { runbook }: Pick<Wired, 'runbook'>): string =>
  Object.values(runbook.people)
    .filter(({ roles }) => roles.includes(role))
    .map(({ name }) => name)
    .join(' or ') || 'nobody is named';

const sayLine = ({ role, why }: RoleLine, wired: Wired): string =>
  why === undefined ? `${role} (${whoCan(role, wired)})` : `${role} (${why})`;

function notSigned({ lines, missing }: DecisionState, { version }: DeployFacts, wired: Wired): ReleaseError {
  const open = lines.filter(({ role }) => missing.includes(role));
  return new ReleaseError('E_NOT_APPROVED', {
    what: `Decision 1 of ${version} waits for ${open.map((one) => sayLine(one, wired)).join(', ')}.`,
    why: 'A deploy begins when those who decide have signed on what preflight has found (decisions.1).',
    next: `release approve ${version} --env ${wired.env}`,
    state: 'untouched',
  });
}

const saidNo = (no: string, { version }: DeployFacts, { env }: Wired): ReleaseError =>
  new ReleaseError('E_DECIDED_NO', {
    what: `Decision 1 of ${version}: ${no}.`,
    why: 'One of those who decide is enough.',
    next: `Talk to them. Whoever has said it takes it back: release approve ${version} --revoke --env ${env}`,
    state: 'untouched',
  });

/** GO by whom, for the screen; who works alone is told so. */
function sayGo({ lines }: DecisionState, { runbook: { people, staffing } }: Wired): string {
  const by = lines.flatMap(({ state, signOff, role }) =>
    state === 'go' && signOff !== undefined
      ? [
          `${people[signOff.payload.person]?.name ?? signOff.payload.person} (${role}, ${signOff.payload.method})`,
        ]
      : [],
  );
  return `GO by ${by.join(', ')}${staffing?.singleOperator ? '; single operator' : ''}`;
}

/**
 * What decision 1 came to, on the findings that this deploy rests on. Throws E_DECIDED_NO when somebody says no, also where nobody is
 * waited for, and E_NOT_APPROVED (exit 3) with who is missing. Undefined: the runbook has no such decision.
 */
export async function refuseUnsigned(
  facts: DeployFacts,
  findings: readonly Finding[],
  context: Pick<CliContext, 'readActor'>,
  wired: Wired,
): Promise<Signed | undefined> {
  const { runbook, digest, ledger, scope } = wired;
  if (runbook.decisions?.[1] === undefined) return undefined;
  const events = await ledger.read(scope);
  const found = { commit: facts.branch, config: digest, findings: recordFindings(findings) };
  const candidate = { version: facts.version, commit: facts.branch, found };
  const before = await readBeforeFirst(candidate, events, wired);
  const evidence = makePreflightEvidence(found, asEvidence(before, wired));
  const run = findNewestRun(events);
  const deployer = await context.readActor();
  const asked = { point: 1, version: facts.version, run, evidence, deployer } as const;
  const state = await readDecision(asked, events, wired);
  if (state === undefined) return undefined;
  const no = sayNo(state, 1, wired);
  if (no !== undefined) throw saidNo(no, facts, wired);
  if (!isWaitedFor(runbook, 1)) return { said: 'not waited for (decisions.1.required: false)' };
  if (!state.isComplete) throw notSigned(state, facts, wired);
  return { said: sayGo(state, wired), taken: { items: evidence.items, run } };
}
