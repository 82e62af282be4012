import type { Runbook } from '../../config/schema/index.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Moment } from '../../domain/moment.ts';
import type { CardStage, CardStanding } from '../../ledger/fold-card.ts';
import { listNames } from './feature-list.ts';
import { sayCardTitle } from './say-card-title.ts';
import { sayHeadline } from './say-headline.ts';
import { sayKept } from './say-place.ts';
import { isMessage, startedAt } from './story.ts';
import { sayClock } from './times.ts';
import { watchingOf } from './watching.ts';

type ViewRun = (moment: Moment, runbook: Runbook) => JsonObject;

const NOT_BEGUN: CardStanding = {
  ...{ stage: 'under-way', done: [], warned: [], current: null, last: null, said: '', to: null, until: null },
};

/** Fact `card`, written by whoever keeps the card. */
const cardOf = ({ facts }: Pick<Moment, 'facts'>): CardStanding =>
  (facts.card ?? NOT_BEGUN) as unknown as CardStanding;

/** What people are asked for; null once nothing of it is under way. */
const ASKS: { readonly [K in CardStage]?: string } = {
  'under-way': 'Please hold non-urgent deployments and avoid production changes until this has ended.',
  paused: 'Please make no production changes: this run stands still half way and is to go on.',
  stopped: 'Please make no production changes: this run has stopped half way.',
  'given-up': 'Whoever changes production next: what this run did stays done, and nothing was taken back.',
  'called-back': 'Please make no production changes until it is decided whether it is rolled back.',
  'going-back': 'Please make no production changes until the rollback is complete.',
  'back-stopped': 'Please make no production changes: the rollback has stopped half way.',
};

/** Stages in which a step is under way, or comes next. */
const MOVES: readonly CardStage[] = ['under-way', 'paused', 'stopped'];

/** Stages in which another run has the word: what this one knows of users is not so any more. */
const BACK: readonly CardStage[] = ['going-back', 'back-stopped', 'gone-back'];

/** What was announced and is taken back, or about to be: nobody is to look for it. */
const TAKEN_BACK = {
  ...{ features: [], more_features: null, fixes: null },
  ...{ window: null, duration: null, downtime: null },
};

const EXPLAINED: readonly CardStage[] = ['paused', 'stopped', 'given-up', 'left', 'back-stopped'];

const titleOf = ({ plan }: Moment, name: string | null | undefined): string | null =>
  plan.entries.find((entry) => entry.name === name)?.title ?? null;

/** Effects, questions and decisions; what only tells people is no progress. */
const countable = ({ plan }: Moment) => plan.entries.filter((entry) => !isMessage(entry));

function sayProgress(moment: Moment, { done, warned }: CardStanding): string {
  const all = countable(moment);
  const over = all.filter(({ name }) => done.includes(name));
  const past = all.filter(({ name }) => warned.includes(name)).length;
  return `${over.length} of ${all.length} done${past > 0 ? `, ${past} gone past with a warning` : ''}`;
}

function sayLast(moment: Moment, { last }: CardStanding, zone: string): string | null {
  const title = titleOf(moment, last?.name);
  return title === null || last === null ? null : `${title} (${sayClock(last.at, zone)})`;
}

/** What went wrong and did not stop it; a message that was not sent is no state of production. */
function sayGonePast(moment: Moment, { warned }: CardStanding): string | null {
  const past = countable(moment).filter(({ name }) => warned.includes(name));
  return listNames(
    past.map(({ title }) => title),
    null,
  );
}

/** The two behind the one that is under way. */
function sayNext(moment: Moment, { current }: CardStanding): string | null {
  const all = countable(moment);
  const at = all.findIndex(({ name }) => name === current);
  return at < 0
    ? null
    : listNames(
        all.slice(at + 1, at + 3).map(({ title }) => title),
        null,
      );
}

/** How it stands by what is measured, as the last update said it; null where nobody measures. */
function sayWatched(moment: Moment, { stage }: CardStanding): JsonObject {
  const { state, asOf } = watchingOf(moment);
  if (state === undefined || stage !== 'watched') return { state: null, as_of: null };
  return { state: sayHeadline([], state).state, as_of: asOf ?? null };
}

/** What it was announced with: the times that were told then stay what was told. */
function viewOpening(moment: Moment, runbook: Runbook, view: ViewRun): JsonObject {
  const { at } = moment.facts.announce ?? {};
  const now = typeof at === 'string' ? at : (startedAt(moment) ?? moment.now);
  return view({ ...moment, now, step: 'announce' }, runbook);
}

/** Variables of the message that heads a thread while its run moves on, and after it. `view` is that of its other messages. */
export function viewCard(moment: Moment, runbook: Runbook, view: ViewRun): JsonObject {
  const standing = cardOf(moment);
  const { stage } = standing;
  const moves = MOVES.includes(stage);
  const told = view({ ...moment, step: standing.current ?? '' }, runbook);
  return {
    ...viewOpening(moment, runbook, view),
    ...(BACK.includes(stage) ? TAKEN_BACK : {}),
    ...sayWatched(moment, standing),
    headline: sayCardTitle(moment, standing, runbook),
    doing: moves ? titleOf(moment, standing.current) : null,
    progress: sayProgress(moment, standing),
    last: moves ? sayLast(moment, standing, runbook.timezone) : null,
    next: moves ? sayNext(moment, standing) : null,
    gone_past: sayGonePast(moment, standing),
    kept: sayKept(moment, runbook),
    why: EXPLAINED.includes(stage) && standing.said !== '' ? standing.said : null,
    asks: ASKS[stage] ?? null,
    live: BACK.includes(stage) ? null : (told.live ?? null),
    measured_downtime:
      moves || BACK.includes(stage) ? null : (told.measured_downtime ?? told.downtime ?? null),
    app_state: told.app_state ?? null,
    lost: moves ? null : (told.lost ?? null),
  };
}
