import type { StateAfter } from '../../domain/failure.ts';
import { notConfigured } from '../../domain/not-configured.ts';
import type { Surroundings } from '../surroundings.ts';
import type { NeonTarget } from './branches.ts';
import type { AskNeon } from './client.ts';
import type { Waiting } from './operations.ts';

/** What every file of this adapter works with, for one environment. */
export interface NeonRoom {
  readonly ask: AskNeon;
  readonly target: NeonTarget;
  readonly surroundings: Surroundings;
  waiting(doing: string, stateAfter: StateAfter): Waiting;
}

/** Throws E_NOT_CONFIGURED for an environment without Neon. */
export function enterRoom(ask: AskNeon, surroundings: Surroundings, env: string): NeonRoom {
  const settings = surroundings.runbook.services.neon;
  const target = surroundings.runbook.environments[env]?.neon;
  if (settings === undefined) throw notConfigured('services.neon');
  if (target === undefined) throw notConfigured(`environments.${env}.neon`);
  return {
    ask,
    target,
    surroundings,
    waiting: (doing, stateAfter) => ({
      ask,
      clock: surroundings.clock,
      project: target.project,
      doing,
      deadlineSeconds: settings.operationDeadlineSeconds,
      pollSeconds: settings.pollSeconds,
      stateAfter,
    }),
  };
}
