import { ReleaseError } from '../../domain/failure.ts';
import { type GitObject, makeAnswerReader, type Wanted } from './object-answers.ts';
import { type Asked, type Listen, type StartTalk, Talk } from './talk.ts';

export type { GitObject };

/** Objects of the cache, by any name git knows them by: an id, a ref, `<commit>:<path>`, `<ref>^{commit}`. */
export interface ObjectReader {
  /** What a name stands for; undefined for nothing. Throws E_GIT. */
  find(name: string): Promise<GitObject | undefined>;
  /** The same with its contents, as far as it has no more bytes than `mostBytes`. */
  read(name: string, mostBytes?: number): Promise<GitObject | undefined>;
}

interface Question extends Wanted, Asked {
  readonly answer: (object: GitObject | undefined) => void;
  readonly fail: (error: unknown) => void;
  readonly triesLeft: number;
}

const MIB = 1024 * 1024;
/** As much as is kept of any program's output. */
const MOST_BYTES = 4 * MIB;
const TRIES = 2;

const silent = (): ReleaseError =>
  new ReleaseError('E_GIT', {
    what: 'Reading the git cache failed: git ended, or gave no answer in time.',
    next: 'Look at the disk; the cache may be deleted, it is filled again: .release/git.',
    state: 'untouched',
  });

const listen: Listen<Question> = (next, answered) =>
  makeAnswerReader(next, (object) => answered().answer(object));

/**
 * Reads objects through one `git cat-file` that stays. Ctrl-C may end a program in the moment it is started, so that what
 * it did not answer is asked once more of another one.
 */
export function makeObjectReader(start: StartTalk): ObjectReader {
  let talk: Talk<Question> | undefined;
  const ask = (question: Question): void => {
    if (talk === undefined || talk.isOver) talk = new Talk(start, listen, askAgain);
    talk.ask(question);
  };
  function askAgain(unanswered: readonly Question[]): void {
    for (const { triesLeft, ...question } of unanswered) {
      if (triesLeft > 1) ask({ ...question, triesLeft: triesLeft - 1 });
      else question.fail(silent());
    }
  }
  const put = (what: string, name: string, wanted: Wanted): Promise<GitObject | undefined> => {
    // A question is a line; a name of two lines would be two.
    if (/[\n\0]/.test(name)) return Promise.resolve(undefined);
    const line = `${what} ${name}\n`;
    return new Promise((answer, fail) => ask({ ...wanted, line, answer, fail, triesLeft: TRIES }));
  };
  return {
    find: (name) => put('info', name, { wantsBody: false, mostBytes: 0 }),
    read: (name, mostBytes = MOST_BYTES) => put('contents', name, { wantsBody: true, mostBytes }),
  };
}

/** A reader that is opened with its first question. */
export const laterObjects = (open: () => Promise<ObjectReader>): ObjectReader => ({
  find: async (name) => (await open()).find(name),
  read: async (name, mostBytes) => (await open()).read(name, mostBytes),
});
