import { minutes, sayDuration } from '../../domain/duration.ts';
import { isReleaseError } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json.ts';
import { plural } from '../../domain/plural.ts';
import type { DecisionRecord } from '../../ledger/fold-decision.ts';
import { makeMetric } from '../../report/watch-screen/make-metrics.ts';
import type { MetricRow } from '../../report/watch-screen/scene.ts';
import { sayUnknown, sayUnproven } from '../../report/watch-unknown.ts';
import type { DueDecision } from './find-due.ts';
import { listSeen } from './list-seen.ts';
import { anewSince, type Live } from './live.ts';
import { postInThread } from './post-in-thread.ts';
import { sayStanding } from './say-due.ts';

const TEMPLATE = 'decision-needed';
/** Whoever took it upon them to ask, and has not so long after that, will not. */
const CLAIM_MS = minutes(5);
/** Later than that it is said how late. */
const LATE_MS = minutes(1);

const sayRow = ({ name, now, limit, said, why }: MetricRow): string => {
  const bound = limit === undefined ? '' : ` (limit ${limit})`;
  return now === undefined ? `${name}: not known, ${why || said}` : `${name}: ${now}${bound}, ${said}`;
};

/** Every reading, what is not known, and the worst that has fired. */
function listMeasured(due: DueDecision, live: Live): readonly string[] {
  const { watch, trail, tallying } = live;
  const { worst } = tallying.tally();
  const at = live.now();
  const seen = listSeen(watch);
  const shown = seen.filter(({ view }) => view.knowledge !== 'unmeasured');
  const quiet = seen.length - shown.length;
  return [
    worst === 'ok' ? 'Nothing has fired in this watch' : `The worst that fired in this watch: ${worst}`,
    // The limits are those of the minutes that are decided about.
    ...shown.map((one) => sayRow(makeMetric(one, watch.phase(due.at - 1), at, trail))),
    ...[...sayUnknown(watch.states), ...watch.unproven().map(sayUnproven)].map((line) => line.trim()),
    ...(quiet > 0 ? [`${plural(quiet, 'rule')} that need not be measured are not`] : []),
  ];
}

/** Of which monitoring of which release: one that is begun anew asks anew. */
function nameOf(live: Pick<Live, 'attention' | 'watched' | 'run'>): string {
  const anew = anewSince(live);
  return `${live.watched.run ?? live.watched.version}${anew === undefined ? '' : `:anew:${anew}`}`;
}

/** Makes the question ours. Of all who watch, one gets it: the ledger keeps the first entry of an id. */
async function claim({ point }: DueDecision, { claims }: DecisionRecord, live: Live): Promise<boolean> {
  const { base, run, watched } = live;
  const last = claims.at(-1);
  if (last?.run === run) return true;
  if (last !== undefined && base.clock.now().getTime() < last.at + CLAIM_MS) return false;
  const id = `${nameOf(live)}:asks:${point}:${claims.length + 1}`;
  const data = { version: watched.version, point };
  const first = await base.ledger.note(base.scope, { id, run, type: 'watch.asking', data });
  return first.run === run;
}

async function isOurs(due: DueDecision, record: DecisionRecord | undefined, live: Live): Promise<boolean> {
  // Without a ledger nobody can know who asks: asked twice is better than not at all.
  if (record === undefined) return true;
  return claim(due, record, live).catch(() => true);
}

function notesOf(due: DueDecision, live: Live): JsonObject {
  const [standing, measured] = [`${sayStanding(due, live)}.`, [...listMeasured(due, live)]];
  return { point: due.point, standing, measured, back: live.watched.back };
}

/** Asks the people of a decision in the thread of the release. True when they were asked, by us. */
export async function askDeciders(
  due: DueDecision,
  record: DecisionRecord | undefined,
  live: Live,
): Promise<boolean> {
  const { wired, watched, recorder, context, now, run } = live;
  if (!wired.configured.has('slack') || watched.plan === undefined) return true;
  if (!(await isOurs(due, record, live))) return false;
  const lateMs = now() - due.at;
  const watching = {
    dueAt: new Date(due.at).toISOString(),
    late: lateMs > LATE_MS ? `${sayDuration(lateMs)} late` : null,
  };
  const isRepeated = record === undefined || record.claims.length > 0;
  const step = `watch.decision.${due.point}${anewSince(live) === undefined ? '' : '.anew'}`;
  const message = { template: TEMPLATE, step, isRepeated, watching, notes: notesOf(due, live) } as const;
  const { told, errors } = await postInThread(message, live);
  for (const error of errors)
    if (isReleaseError(error)) context.out.note(`  nobody was asked to decide: ${error.text.what}`);
  if (told.length === 0 && errors.length === 0)
    context.out.note(`  nobody is asked: services.slack.routes names no channel for ${TEMPLATE}`);
  if (told.length === 0) return errors.length === 0;
  const data = { template: TEMPLATE, version: watched.version, channels: told, point: due.point };
  recorder.event({ id: `${nameOf(live)}:asked:${due.point}`, run, type: 'watch.told', data });
  context.out.note(`  ✔ decision ${due.point} was asked for in ${told.map((one) => `#${one}`).join(', ')}`);
  return true;
}
