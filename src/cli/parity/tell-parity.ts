import type { JsonObject } from '../../domain/json.ts';
import type { ParityEvidence } from '../../domain/parity/make-evidence.ts';
import type { ChecksAnswer } from '../../engine/run-checks.ts';
import { sayParity } from '../../report/parity-text.ts';
import type { CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { lookOf } from '../look-of.ts';
import { exitOfGate } from '../preflight/exit-of.ts';
import type { Wired } from '../wired.ts';
import type { ParityRequest } from './parity-request.ts';

/** What was compared; undefined when it could not be. */
const evidenceIn = ({ findings: [finding] }: ChecksAnswer): ParityEvidence | undefined =>
  finding?.outcome === 'unknown' ? undefined : (finding?.evidence as unknown as ParityEvidence | undefined);

function asResult(answer: ChecksAnswer, { between, go }: ParityRequest, floor: number): JsonObject {
  const evidence = evidenceIn(answer);
  const unread = { between: [...between], score: null, threshold: go, floor, areas: [], unacceptable: [] };
  const [finding] = answer.findings;
  const told = evidence === undefined ? { ...unread, unknown: finding?.said ?? '' } : evidence;
  return { ...(told as unknown as JsonObject), verdict: answer.verdict.call };
}

const nextOf = (answer: ChecksAnswer, env: string): string[] => {
  if (answer.verdict.call === 'go') return [];
  const again = `release parity${env === 'production' ? '' : ` --env ${env}`}`;
  return evidenceIn(answer) === undefined ? [again] : [`${again} --all`];
};

/** The answer for people and for scripts. */
export function tellParity(
  answer: ChecksAnswer,
  request: ParityRequest,
  warnings: readonly string[],
  context: CliContext,
  { env, runbook }: Wired,
): CommandResult {
  const { terminal, stop } = context;
  const [finding] = answer.findings;
  const story = {
    title: runbook.sandbox ? 'SANDBOX  release parity' : 'release parity',
    between: request.between,
    call: stop.stopping ? ('hold' as const) : answer.verdict.call,
    all: request.all,
    evidence: evidenceIn(answer),
    said: finding?.said ?? '',
    remedy: finding?.remedy ?? '',
  };
  const look = lookOf({ terminal });
  return {
    exitCode: exitOfGate(answer.verdict.call === 'go', answer, context),
    verdict: story.call,
    result: asResult(answer, request, runbook.thresholds.parity.noGo),
    text: sayParity(story, look),
    next: nextOf(answer, env),
    warnings: [...warnings],
    env,
    sandbox: runbook.sandbox,
  };
}
