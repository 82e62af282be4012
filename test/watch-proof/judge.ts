import type { Change } from '../../src/domain/watch/change.ts';
import { isWorse } from '../../src/domain/watch/rule.ts';
import { foldRuns } from '../../src/ledger/fold.ts';
import type { Evidence, TickLine } from './play-scene.ts';
import type { Firing, Scene } from './scenes.ts';

/** One band that fired, beside the script. Seconds since the watch's first request. */
export interface Fired {
  readonly what: string;
  readonly scripted: number;
  readonly onset: number;
  readonly fired: number;
  /** Beyond the time that the rule asks for. */
  readonly beyond: number;
}

export interface Judged {
  readonly fired: readonly Fired[];
  /** What is otherwise than the script says; empty: nothing is. */
  readonly faults: readonly string[];
}

/** Rules are asked once a second of the watch: what is due is seen then. */
const EVALUATION_SECONDS = 1;
/** The clock of the sandbox and that of the watch begin within the time of one request. */
const CLOCKS_SECONDS = 3;

const isProbe = ({ source, k }: TickLine): boolean => source === 'probes' && k !== undefined;

/** When the script began: with the first request of the watch, answered a moment before it was written down. */
const beginOf = ({ ticks }: Evidence): number => Date.parse(ticks.find(isProbe)?.at ?? '');

const callOf = ({ severity, rule, row, series, source }: Change | Firing): string =>
  [severity, rule, row, series, source].join(' ');

/** Every change by which a rule has come to call for a rollback, or for more than before. */
function listCalls(changes: readonly Change[]): readonly Change[] {
  const before = new Map<string, Change['severity']>();
  return changes.filter((change) => {
    const was = before.get(change.rule) ?? 'ok';
    before.set(change.rule, change.severity);
    return isWorse(change.severity, 'hold') && isWorse(change.severity, was);
  });
}

const isBad = ({ k = 0, value }: TickLine): boolean => k > 0 || (value ?? 0) > 0;

/** Whether a reading of this very series, and a bad one, was taken at that moment: an onset is no guess. */
const hasReading = ({ ticks }: Evidence, { series, source, onset_at: at }: Change): boolean =>
  ticks.some(
    (tick) => tick.series === series && tick.source === source && isBad(tick) && isJust(tick.at, at),
  );

/** Values are met at the first evaluation after their reading, counts with it. */
const isJust = (tick: string, onset: string | null): boolean => {
  const after = (Date.parse(onset ?? '') - Date.parse(tick)) / 1000;
  return after >= 0 && after <= EVALUATION_SECONDS;
};

function compare(change: Change, firing: Firing, evidence: Evidence): { fired: Fired; faults: string[] } {
  const begin = beginOf(evidence);
  const since = (iso: string | null): number => (Date.parse(iso ?? '') - begin) / 1000;
  const [onset, fired] = [since(change.onset_at), since(change.fired_at)];
  const beyond = fired - onset - (change.for_s ?? 0);
  const late = onset - firing.at;
  return {
    fired: { what: callOf(firing), scripted: firing.at, onset, fired, beyond },
    faults: [
      ...(late >= -CLOCKS_SECONDS && late <= firing.seenWithin
        ? []
        : [`${callOf(firing)}: began at ${onset} s, and the script says ${firing.at}`]),
      ...(beyond >= 0 && beyond <= EVALUATION_SECONDS
        ? []
        : [`${callOf(firing)}: fired ${beyond} s beyond its time`]),
      ...(hasReading(evidence, change) ? [] : [`${callOf(firing)}: no reading at its onset`]),
    ],
  };
}

function judgeFirings({ firings }: Scene, evidence: Evidence): Judged {
  const calls = listCalls(evidence.changes);
  const [said, scripted] = [calls.map(callOf), firings.map(callOf)];
  if (said.join() !== scripted.join())
    return {
      fired: [],
      faults: [`fired: ${said.join(', ') || 'nothing'}; scripted: ${scripted.join(', ')}`],
    };
  const compared = firings.map((firing, i) => compare(calls[i] as Change, firing, evidence));
  return { fired: compared.map(({ fired }) => fired), faults: compared.flatMap(({ faults }) => faults) };
}

function judgeCleared({ clearedBy, firings }: Scene, evidence: Evidence): string[] {
  if (clearedBy === undefined) return [];
  const { rule } = firings.at(-1) ?? {};
  const fired = evidence.changes.findLastIndex((one) => one.rule === rule && isWorse(one.severity, 'hold'));
  const cleared = evidence.changes.slice(fired + 1).find((one) => one.rule === rule);
  const at = (Date.parse(cleared?.at ?? '') - beginOf(evidence)) / 1000;
  return at <= clearedBy ? [] : [`${rule} cleared at ${at} s, and should have by ${clearedBy}`];
}

function judgeUnknown({ unknown }: Scene, evidence: Evidence): string[] {
  if (unknown === undefined) return [];
  const begin = beginOf(evidence);
  return unknown.rules.flatMap((rule) => {
    const line = evidence.changes.findLast((one) => one.rule === rule);
    const at = (Date.parse(line?.at ?? '') - begin) / 1000;
    const isSo = line?.severity === 'hold' && line.knowledge === 'unknown';
    // The last answer came before the silence, and told of a minute that was over.
    const isThen = at >= unknown.at - unknown.within && at <= unknown.at + unknown.within;
    return isSo && isThen ? [] : [`${rule} is ${line?.severity} (${line?.knowledge}) since ${at} s`];
  });
}

function judgeEnd({ exit, verdict, ended }: Scene, { ended: process, answer, ledger }: Evidence): string[] {
  const last = ledger.findLast((event) => event.type === 'watch.ended')?.data;
  const isAsSaid = last?.state === ended.state && ended.said.test(last.said);
  return [
    ...(process.code === exit ? [] : [`exit ${process.code}, not ${exit}`]),
    ...(answer.verdict === verdict ? [] : [`verdict ${answer.verdict}, not ${verdict}`]),
    ...(isAsSaid ? [] : [`the ledger says: ${last?.state}, ${last?.said}`]),
  ];
}

function judgeSlack({ updates }: Scene, { ledger, updates: read }: Evidence): string[] {
  const told = ledger.filter(({ type }) => type === 'watch.told').length;
  return [
    ...(told >= updates ? [] : [`${told} updates in the ledger, not ${updates}`]),
    ...(read >= updates ? [] : [`${read} updates in Slack, not ${updates}`]),
  ];
}

function judgeGap({ killed }: Scene, { answer, ticks, ended }: Evidence): string[] {
  const gaps = ticks.filter(({ mark }) => mark === 'gap').length;
  if (killed === undefined) return gaps === 0 ? [] : [`${gaps} gaps in the record`];
  const minutes = (answer.result?.gapMs ?? 0) / 60_000;
  return [
    ...(gaps === 1 ? [] : [`${gaps} gaps in the record`]),
    ...(minutes >= killed.awaySeconds ? [] : [`a gap of ${minutes} min, not ${killed.awaySeconds}`]),
    ...(/GAP {3}nobody watched for/.test(ended.stderr) ? [] : ['nobody was told of the gap']),
  ];
}

function judgeRollback({ isRolledBack }: Scene, { after, ledger, slack }: Evidence): string[] {
  if (isRolledBack === undefined) return [];
  const run = foldRuns(ledger).at(-1);
  const facts = {
    'the rollback is completed': run?.plan.command === 'rollback' && run.end === 'completed',
    'v2.1.0 answers': after.health.version === '2.1.0' && after.health.maintenance === false,
    'the tree of v2.1.0 lies on main': after.isTreeBack,
    'the migrations of v2.1.0 alone are applied': after.migrations === 6 && after.newColumns === 0,
    'people read of it': /rollback/i.test(slack),
  };
  return Object.entries(facts).flatMap(([what, isSo]) => (isSo ? [] : [`not so: ${what}`]));
}

/** Compares what was seen with what the script says. */
export function judge(scene: Scene, evidence: Evidence): Judged {
  const { fired, faults } = judgeFirings(scene, evidence);
  return {
    fired,
    faults: [
      ...judgeEnd(scene, evidence),
      ...faults,
      ...judgeCleared(scene, evidence),
      ...judgeUnknown(scene, evidence),
      ...judgeSlack(scene, evidence),
      ...judgeGap(scene, evidence),
      ...judgeRollback(scene, evidence),
      ...evidence.unlike,
    ],
  };
}
