import type { JsonObject } from '../domain/json.ts';
import type { Plan } from '../domain/plan.ts';
import { makePlan, type Recipe, type Runbook } from '../kit.ts';
import { publishCandidate } from '../steps/git/publish-candidate.ts';
import { announce } from '../steps/slack/announce.ts';
import { channelsOf } from './channels-of.ts';

/** What was true when the plan was made, and the ids of what it would push. */
export interface PrepareFacts {
  readonly recipe: Recipe;
  readonly branchName: string;
  /** Where the branch stands; undefined: it is made. */
  readonly tip: string | undefined;
  readonly commit: string;
  readonly tag: string;
  /** The version before, with its v; empty for the first one. */
  readonly from: string;
  readonly configDigest: string;
  /** What the changelog says, and the day that is planned (COM-01d). */
  readonly notes: JsonObject;
}

/** T-7 of the runbook (PRE-01 to PRE-07): one push of branch and candidate, then the message, unless nobody is to be told. */
export function planPrepare(facts: PrepareFacts, runbook: Runbook, env: string, isTold = true): Plan {
  const { recipe, branchName, tip, commit, tag, from, configDigest, notes } = facts;
  const channels = isTold ? channelsOf(runbook, 'rc-ready') : [];
  const said = { ...notes, branch: branchName, commit: commit.slice(0, 7) };
  const entries = [
    publishCandidate.with(
      { recipe, branchName, tip: tip ?? null, commit, tag },
      { name: 'candidate', usualMs: 5000 },
    ),
    ...(channels.length === 0 ? [] : [announce('rc-ready', { channels, name: 'announce', notes: said })]),
  ];
  const basis = { base: recipe.base, tip: tip ?? null, configDigest };
  const head = {
    command: 'prepare',
    service: runbook.service,
    env,
    version: recipe.version,
    from,
    basis,
  } as const;
  return makePlan(head, entries);
}
