import type { JsonObject } from '../../domain/json.ts';
import type { RehearsedPart, RollbackRehearsal } from '../../domain/rollback-rehearsal/rollback-rehearsal.ts';
import { writeRehearsal, writeRehearsalPlan } from '../../report/rehearsal-text.ts';
import type { CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import { lookOf } from '../look-of.ts';
import type { Wired } from '../wired.ts';
import type { Estimated } from './estimate.ts';
import { estimateAsJson } from './estimate-as-json.ts';
import type { RehearsedWay } from './read-way.ts';

/** A rehearsal that has ended, ready to be told. */
export interface EndedRehearsal {
  readonly record: RollbackRehearsal;
  readonly parts: readonly RehearsedPart[];
  readonly estimated: Estimated;
  readonly isLive: boolean;
  /** Somebody stopped it before it had ended: nothing is recorded. */
  readonly isCut: boolean;
  readonly warnings: readonly string[];
}

const partAsJson = ({ name, outcome, said, remedy, tookMs, notTried = [] }: RehearsedPart): JsonObject => ({
  name,
  outcome,
  said,
  tookMs: Math.round(tookMs),
  notTried: [...notTried],
  ...(remedy === undefined ? {} : { remedy }),
});

function asResult({ record, parts, estimated }: EndedRehearsal): JsonObject {
  return {
    outcome: record.outcome,
    from: record.from,
    to: record.to,
    commit: record.commit,
    target: record.target,
    data: record.data,
    migrations: record.migrations,
    tookMs: Math.round(record.tookMs),
    parts: parts.map(partAsJson),
    estimate: estimateAsJson(estimated, record.severity),
  };
}

function nextOf({ record, isLive }: EndedRehearsal, env: string): readonly string[] {
  const { outcome, from, to, data } = record;
  const db = data === 'restore' ? ' --db restore' : '';
  if (outcome !== 'proven')
    return [`release rollback --rehearse --from ${from} --to ${to}${db} --env ${env}`];
  return [
    isLive
      ? `release rollback --to ${to}${db} --plan --env ${env}`
      : `release preflight ${from} --env ${env}`,
  ];
}

const CUT = 'it was stopped before it ended; nothing of it is recorded';

/** What the rehearsal ends with: 0 where every part is ok, else 3. */
export function tellRehearsal(ended: EndedRehearsal, context: CliContext, wired: Wired): CommandResult {
  const { record, parts, isCut, warnings } = ended;
  const { env, environment, runbook } = wired;
  const place = { env, url: environment.url, isProtected: environment.protected };
  const { terminal, stop } = context;
  const look = lookOf({ terminal });
  const exitCode = record.outcome === 'proven' ? EXIT.ok : EXIT.no;
  return {
    exitCode: isCut ? stop.exitCode : exitCode,
    verdict: isCut ? 'stopped' : record.outcome,
    result: asResult(ended),
    text: writeRehearsal(
      isCut ? { ...record, outcome: 'unknown', because: CUT } : record,
      parts,
      place,
      look,
    ),
    next: nextOf(ended, env),
    warnings,
    env,
    version: record.to,
    sandbox: runbook.sandbox,
  };
}

/** What a rehearsal would try, and where. */
export function tellPlanned(way: RehearsedWay, wired: Wired): CommandResult {
  const { env, runbook } = wired;
  const { ends, facts, files } = way;
  const pending = files.pending.map(({ tag }) => tag);
  const back = facts.data.kind === 'down' ? [...facts.data.tags].reverse() : [];
  const lsn = facts.data.kind === 'restore' ? facts.data.lsn : undefined;
  const told = {
    from: ends.from,
    to: ends.to.version,
    isLive: ends.isLive,
    pending,
    back,
    ...(lsn ? { lsn } : {}),
  };
  return {
    exitCode: EXIT.ok,
    result: { ...told, data: facts.data.kind },
    text: writeRehearsalPlan(told, env),
    next: [],
    warnings: way.barred === undefined ? [] : [way.barred.text.what],
    env,
    version: ends.to.version,
    sandbox: runbook.sandbox,
  };
}
