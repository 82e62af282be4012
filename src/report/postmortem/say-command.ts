import type { Runbook } from '../../config/schema/index.ts';
import { oneLine } from '../../domain/screen-text.ts';
import { markdownText } from '../messages/markdown-text.ts';
import { findPerson } from '../messages/people.ts';
import { sayClock } from '../messages/times.ts';

/** Somebody who commanded an incident. `since`: ISO; left out where nothing says it. */
export interface Commander {
  readonly name: string;
  readonly since?: string;
}

const safe = (text: string): string => markdownText.text(oneLine(text, 120));

/** Who had command and since when, by the ledger; whoever has the role is named only where it says nothing. */
export function sayCommand(command: readonly Commander[], runbook: Runbook): string {
  if (command.length > 0)
    return command
      .map(({ name, since }) =>
        since === undefined ? safe(name) : `${safe(name)} since ${sayClock(since, runbook.timezone)}`,
      )
      .join(', then ');
  const holder = findPerson(runbook, ['incident-commander', 'rollback-lead', 'deployment-lead']);
  return holder === null ? 'not recorded' : `not recorded; by the runbook it is ${safe(String(holder.name))}`;
}
