import type { TemplateName } from './template-names.ts';

/** What a person has to know of a message before it is sent. */
export interface MessageKind {
  /** The run that it tells of; `nothing`: it stands for itself. */
  readonly about: 'deploy' | 'rollback' | 'prepare' | 'nothing';
  /** Who sends it by itself, and when. */
  readonly sentBy: string;
  /** Variables that only a person can give. */
  readonly needs: readonly string[];
  /** True where the message rests on what only its own command has seen; by hand it can be sent again, not begun. */
  readonly ownCommandOnly?: true;
}

const byCommand = (about: MessageKind['about'], sentBy: string): MessageKind => ({
  ...{ about, sentBy, needs: [] },
  ownCommandOnly: true,
});

const kind = (about: MessageKind['about'], sentBy: string, ...needs: readonly string[]): MessageKind => ({
  ...{ about, sentBy, needs },
});

/** Every message: what it is about, who sends it, and what a person must add (ux 3.1). */
export const MESSAGE_KINDS: Readonly<Record<TemplateName, MessageKind>> = {
  'rc-ready': kind('prepare', 'release prepare, when the candidate is pushed'),
  'rc-staged': byCommand('deploy', 'release deploy to staging, if routed'),
  'handoff-ready': kind('nothing', 'a person', 'kind'),
  'release-scheduled': kind('nothing', 'a person, the day before (T-1)', 'planned_for'),
  'decision-needed': byCommand('deploy', 'deploy and watch, at each point of decision'),
  'no-go': kind('nothing', 'a person', 'reason'),
  'release-start': kind('deploy', 'release deploy, as it begins'),
  'release-progress': kind('deploy', 'release deploy, then release watch'),
  'release-complete': kind('deploy', 'release watch, at the good end of the monitoring'),
  'release-complete-email': kind('deploy', 'a person'),
  'release-successful': byCommand('deploy', 'release tick, after the clean hours'),
  'rollback-start': kind('rollback', 'release rollback, as it begins'),
  'rollback-progress': kind('rollback', 'release rollback, then release watch'),
  'rollback-complete': kind('rollback', 'release rollback, when it is verified'),
  'rollback-confirmed': byCommand('rollback', 'whoever watches what a rollback brought back'),
  'customer-rollback': kind('rollback', 'a person', 'data_loss'),
  'support-brief': kind('rollback', 'release rollback, where it has a route'),
  'incident-report': kind('rollback', 'a person', 'next_update'),
  'engineering-update': kind('rollback', 'a person', 'findings'),
  incident: kind('nothing', 'release watch, at a P0 or P1', 'severity', 'title', 'issue'),
  'command-taken': byCommand('nothing', 'release handoff emergency --accept'),
  'drift-alert': byCommand('nothing', 'release drift --notify'),
  takeover: byCommand('nothing', 'whoever takes a lock over with --takeover'),
  'tasks-overdue': byCommand('nothing', 'release tick, once for each task'),
  'release-card': byCommand('deploy', 'deploy and watch, over release-start'),
  'rollback-card': byCommand('rollback', 'rollback, over rollback-start'),
};
