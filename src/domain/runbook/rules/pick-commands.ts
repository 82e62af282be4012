import type { Command, RunbookDocument } from '../document.ts';
import { type Hit, hit } from '../rule.ts';
import { hideWritten } from '../written-secrets.ts';

const MOST = 70;

/** As much of a command as a line of a report has room for. */
export function cut(command: string): string {
  const text = hideWritten(command);
  return text.length > MOST ? `${text.slice(0, MOST - 1)}…` : text;
}

/** A rule that looks at one command at a time. */
export const pick =
  (is: (command: Command) => boolean, say: (command: Command) => string) =>
  ({ commands }: RunbookDocument): readonly Hit[] =>
    commands.filter(is).map((one) => hit(one, say(one)));
