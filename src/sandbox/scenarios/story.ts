import type { Trouble } from '../world/troubles.ts';

/** One scene of a story. Everything that happens in it really happens; `says` is what the newcomer is told before. */
export type Scene =
  | {
      readonly kind: 'run';
      readonly says: string;
      /** The words behind `release`; shown, so that they are learned. Like `says` they may name {speed}. */
      readonly words: readonly string[];
      readonly exit: number;
      /** What it may end with as well, and what that says of the machine; the story goes on all the same. */
      readonly orElse?: { readonly exit: number; readonly says: string };
      /** Kills the program, as a crash would, a moment after a step of this name has begun. */
      readonly killAt?: string;
    }
  | { readonly kind: 'break' | 'mend'; readonly says: string; readonly what: Trouble }
  | {
      readonly kind: 'sign-offs';
      readonly says: string;
      readonly point: 1 | 2 | 3 | 4;
      readonly version: string;
    }
  | { readonly kind: 'bad-release'; readonly says: string }
  /** From now on people use the application; the story goes on when so many minutes of theirs have passed. */
  | { readonly kind: 'users'; readonly says: string; readonly minutes: number };

type Run = Extract<Scene, { readonly kind: 'run' }>;

export interface Story {
  readonly name: string;
  /** One line for the list. */
  readonly about: string;
  readonly scenes: readonly Scene[];
  /** The last words: what was seen, and why it matters. */
  readonly moral: string;
}

/** What is said of an exit code of a scene; undefined: it is none that the story is written for. */
export function sayExit({ exit, orElse }: Pick<Run, 'exit' | 'orElse'>, code: number): string | undefined {
  if (code === exit) return `exit ${code}`;
  return code === orElse?.exit ? `exit ${code}: ${orElse.says}` : undefined;
}

/** How many seconds of the sandbox pass in one, put in where a scene names it. */
export const atSpeed = (text: string, speed: number): string => text.replaceAll('{speed}', String(speed));
