import type { Command, RunbookDocument } from '../document.ts';
import { type Hit, hit } from '../rule.ts';

/** As much of a command as a line of a report has room for. */
export const cut = (text: string): string => (text.length > 70 ? `${text.slice(0, 69)}…` : text);

/** A rule that looks at one command at a time. */
export const pick =
  (is: (command: Command) => boolean, say: (command: Command) => string) =>
  ({ commands }: RunbookDocument): readonly Hit[] =>
    commands.filter(is).map((one) => hit(one, say(one)));
