import type { Runbook } from '../../config/schema/index.ts';
import { phaseAt } from '../../domain/card/phases.ts';
import type { Moment } from '../../domain/moment.ts';
import type { CardStage, CardStanding } from '../../ledger/fold-card.ts';
import { sayRollbackStanding } from './say-rollback-end.ts';
import { sayClock } from './times.ts';
import { watchingOf } from './watching.ts';

type Say = (standing: CardStanding, moment: Moment, zone: string) => string;

const phaseOf = ({ plan }: Moment, { current, last }: CardStanding): string =>
  phaseAt(plan, current ?? last?.name ?? '');

const STAGES: Readonly<Record<CardStage, Say>> = {
  'under-way': (standing, moment) => `🔄 Release ${moment.plan.version}: ${phaseOf(moment, standing)}`,
  paused: (standing, moment) => `⏸️ Release ${moment.plan.version}: paused in ${phaseOf(moment, standing)}`,
  stopped: (standing, moment) => `🛑 Release ${moment.plan.version}: stopped in ${phaseOf(moment, standing)}`,
  'given-up': (_, { plan }) => `⚠️ Release ${plan.version}: given up half way`,
  live: (_, { plan }) => `🟢 Release ${plan.version}: deployed, not watched yet`,
  watched: (standing, moment, zone) => {
    const until = watchingOf(moment).until ?? (standing.until && sayClock(standing.until, zone));
    return `👀 Release ${moment.plan.version}: deployed and watched${until ? ` until ${until}` : ''}`;
  },
  left: (_, { plan }) => `⚠️ Release ${plan.version}: deployed, not watched to a good end`,
  'called-back': (_, { plan }) => `🚨 Release ${plan.version}: live, and a rule calls for its rollback`,
  complete: (_, { plan }) => `✅ Release ${plan.version}: complete`,
  'going-back': ({ to }, { plan }) => `⏪ Release ${plan.version}: rollback to ${to} under way`,
  'back-stopped': ({ to }, { plan }) => `🛑 Release ${plan.version}: its rollback to ${to} has stopped`,
  'gone-back': ({ to }, { plan }) => `⏪ Release ${plan.version}: rolled back to ${to}`,
};

const ROLLBACK: { readonly [K in CardStage]?: Say } = {
  'under-way': (standing, moment) => `🚨 Rollback to ${moment.plan.version}: ${phaseOf(moment, standing)}`,
  paused: (standing, moment) =>
    `⏸️ Rollback to ${moment.plan.version}: paused in ${phaseOf(moment, standing)}`,
  stopped: (standing, moment) =>
    `🛑 Rollback to ${moment.plan.version}: stopped in ${phaseOf(moment, standing)}`,
  'given-up': (_, { plan }) => `⚠️ Rollback to ${plan.version}: given up half way`,
};

/** The one line of a card that is read from afar. One that is over says how. */
export function sayCardTitle(moment: Moment, standing: CardStanding, { timezone }: Runbook): string {
  const { stage } = standing;
  if (moment.plan.command !== 'rollback') return STAGES[stage](standing, moment, timezone);
  const say = ROLLBACK[stage];
  return say === undefined ? sayRollbackStanding({ ...moment, step: '' }) : say(standing, moment, timezone);
}
