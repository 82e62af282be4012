import type { RunGit } from './run-git.ts';
import { type Asked, type Listen, type StartTalk, Talk } from './talk.ts';

/**
 * Moves refs of the cache, all of them or none, by lines as `git update-ref --stdin` takes them: `update <ref> <new> <old>`,
 * `create <ref> <new>`, `delete <ref>`, `verify <ref>` (it must not exist). False when it was refused, or when nobody knows.
 */
export type MoveRefs = (lines: readonly string[]) => Promise<boolean>;

interface Question extends Asked {
  readonly answer: (isDone: boolean) => void;
}

const DONE = 'commit: ok\n';

const listen: Listen<Question> = (next, answered) => {
  let heard = '';
  return (part) => {
    heard += Buffer.from(part).toString('latin1');
    for (let end = heard.indexOf(DONE); end >= 0 && next(); end = heard.indexOf(DONE)) {
      heard = heard.slice(end + DONE.length);
      answered().answer(true);
    }
  };
};

/**
 * Moves refs through one `git update-ref` that stays. It ends at the first thing that it refuses, and so does one that
 * Ctrl-C met: what it did not say is done is asked once more of a program of its own, whose word is the answer.
 */
export function makeRefMover(start: StartTalk, run: RunGit): MoveRefs {
  let talk: Talk<Question> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const ask = (line: string): Promise<boolean> =>
    new Promise((answer) => {
      const giveUp = (open: readonly Question[]): void => {
        for (const question of open) question.answer(false);
      };
      if (talk === undefined || talk.isOver) talk = new Talk(start, listen, giveUp);
      talk.ask({ line, answer });
    });
  const move = async (lines: readonly string[]): Promise<boolean> => {
    const text = lines.map((line) => `${line}\n`).join('');
    if (await ask(`start\n${text}commit\n`)) return true;
    return (await run(['update-ref', '--stdin'], { input: text })).code === 0;
  };
  // One after the other: behind a line that is refused nobody would know which of them were heard.
  return (lines) => {
    const turn = last.then(() => move(lines));
    last = turn.catch(() => undefined);
    return turn;
  };
}
