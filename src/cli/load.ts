import type { CommandModule } from './command.ts';

/** Where each command lives. Nothing is loaded before its command is typed (cold start). */
export const LOADERS: Readonly<Record<string, () => Promise<CommandModule>>> = {
  prepare: () => import('./commands/prepare.ts'),
  preflight: () => import('./commands/preflight.ts'),
  drift: () => import('./commands/drift.ts'),
  parity: () => import('./commands/parity.ts'),
  approve: () => import('./commands/approve.ts'),
  deploy: () => import('./commands/deploy.ts'),
  smoke: () => import('./commands/smoke.ts'),
  handoff: () => import('./commands/handoff.ts'),
  note: () => import('./commands/note.ts'),
  notify: () => import('./commands/notify.ts'),
  watch: () => import('./commands/watch.ts'),
  'status-page': () => import('./commands/status-page.ts'),
  rollback: () => import('./commands/rollback.ts'),
  status: () => import('./commands/status.ts'),
  history: () => import('./commands/history.ts'),
  postmortem: () => import('./commands/postmortem.ts'),
  task: () => import('./commands/task.ts'),
  init: () => import('./commands/init.ts'),
  config: () => import('./commands/config.ts'),
  demo: () => import('./commands/demo.ts'),
  ledger: () => import('./commands/ledger.ts'),
  step: () => import('./commands/step.ts'),
  completion: () => import('./commands/completion.ts'),
  tick: () => import('./commands/tick.ts'),
};
