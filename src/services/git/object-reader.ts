import { seconds } from '../../domain/duration.ts';
import { ReleaseError } from '../../domain/failure.ts';
import type { ShellTalk } from '../shell/port.ts';
import { type GitObject, makeAnswerReader, type Wanted } from './object-answers.ts';

export type { GitObject };

/** Starts a program on the cache that answers questions for objects. */
export type StartTalk = (hear: {
  readonly onData: (part: Uint8Array) => void;
  readonly onEnd: () => void;
}) => ShellTalk;

/** Objects of the cache, by any name git knows them by: an id, a ref, `<commit>:<path>`, `<ref>^{commit}`. */
export interface ObjectReader {
  /** What a name stands for; undefined for nothing. Throws E_GIT. */
  find(name: string): Promise<GitObject | undefined>;
  /** The same with its contents, as far as it has no more bytes than `mostBytes`. */
  read(name: string, mostBytes?: number): Promise<GitObject | undefined>;
}

interface Question extends Wanted {
  readonly line: string;
  readonly answer: (object: GitObject | undefined) => void;
  readonly fail: (error: unknown) => void;
  readonly triesLeft: number;
}

const MIB = 1024 * 1024;
/** As much as is kept of any program's output. */
const MOST_BYTES = 4 * MIB;
/** A disk that is silent for so long is no disk. */
const PATIENCE_MS = seconds(30);
/** Nobody has to end it: it leaves when nothing was asked for a while. */
const IDLE_MS = seconds(20);
const TRIES = 2;

const silent = (): ReleaseError =>
  new ReleaseError('E_GIT', {
    what: 'Reading the git cache failed: git ended, or gave no answer in time.',
    next: 'Look at the disk; the cache may be deleted, it is filled again: .release/git.',
    state: 'untouched',
  });

/** One talk with git, and the questions that it has not answered yet. Its end is told once. */
class Talk {
  readonly #talk: ShellTalk;
  readonly #open: Question[] = [];
  #timer: NodeJS.Timeout | undefined;
  isOver = false;

  constructor(start: StartTalk, onEnd: (unanswered: readonly Question[]) => void) {
    const answered = (object: GitObject | undefined): void => {
      const { answer } = this.#open.shift() as Question;
      this.#wait();
      answer(object);
    };
    const onData = makeAnswerReader(() => this.#open[0], answered);
    this.#talk = start({
      onData,
      onEnd: () => {
        this.isOver = true;
        clearTimeout(this.#timer);
        onEnd(this.#open.splice(0));
      },
    });
  }

  ask(question: Question): void {
    this.#open.push(question);
    this.#talk.write(question.line);
    this.#wait();
  }

  /** For an answer while one is due, else for the next question. */
  #wait(): void {
    clearTimeout(this.#timer);
    const isDue = this.#open.length > 0;
    this.#talk.hold(isDue);
    const stop = (): void => (isDue ? this.#talk.kill() : this.#leave());
    this.#timer = setTimeout(stop, isDue ? PATIENCE_MS : IDLE_MS);
    if (!isDue) this.#timer.unref();
  }

  #leave(): void {
    this.isOver = true;
    this.#talk.close();
  }
}

/**
 * Reads objects through one `git cat-file` that stays. Ctrl-C may end a program in the moment it is started, so that what
 * it did not answer is asked once more of another one.
 */
export function makeObjectReader(start: StartTalk): ObjectReader {
  let talk: Talk | undefined;
  const ask = (question: Question): void => {
    if (talk === undefined || talk.isOver) talk = new Talk(start, askAgain);
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
