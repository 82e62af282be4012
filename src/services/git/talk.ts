import { seconds } from '../../domain/duration.ts';
import type { ShellTalk } from '../shell/port.ts';

/** Starts a program on the cache that answers as long as it is asked. */
export type StartTalk = (hear: {
  readonly onData: (part: Uint8Array) => void;
  readonly onEnd: () => void;
}) => ShellTalk;

/** What is asked: a line, or several that are one question. */
export interface Asked {
  readonly line: string;
}

/** Reads answers from pieces as they come; `next` is the question that is answered next, `answered` takes it from the queue. */
export type Listen<Question extends Asked> = (
  next: () => Question | undefined,
  answered: () => Question,
) => (part: Uint8Array) => void;

/** A disk that is silent for so long is no disk. */
const PATIENCE_MS = seconds(30);
/** Nobody has to end it: it leaves when nothing was asked for a while. */
const IDLE_MS = seconds(20);

/** One talk with git, and the questions that it has not answered yet. Its end is told once. */
export class Talk<Question extends Asked> {
  readonly #talk: ShellTalk;
  readonly #open: Question[] = [];
  #timer: NodeJS.Timeout | undefined;
  isOver = false;

  constructor(start: StartTalk, listen: Listen<Question>, onEnd: (unanswered: readonly Question[]) => void) {
    const answered = (): Question => {
      const question = this.#open.shift() as Question;
      this.#wait();
      return question;
    };
    this.#talk = start({
      onData: listen(() => this.#open[0], answered),
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
