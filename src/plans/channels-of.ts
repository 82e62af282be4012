import { findChannels } from '../domain/template-names.ts';
import type { Runbook } from '../kit.ts';

/** Slack channels of a template; none when Slack is not configured. */
export const channelsOf = (runbook: Runbook, template: string): string[] => [
  ...findChannels(runbook.services.slack?.routes ?? {}, template),
];
