import type { VirtualTime } from './virtual-time.ts';

/** A request that had its effect. */
export interface Landing {
  readonly run: string;
  readonly step: string;
  readonly epoch: number;
  readonly at: number;
}

/** What becomes of one request; times in ms. */
export interface RequestFate {
  /** From the first byte until it has its effect; undefined: it is refused and has none. */
  readonly landsAfter?: number;
  /** From the first byte until the answer; undefined: the answer is lost. */
  readonly answersAfter?: number;
}

type Sender = Pick<Landing, 'run' | 'step' | 'epoch'>;

const AT_ONCE: RequestFate = { landsAfter: 1, answersAfter: 2 };

/** A world in which every request has an effect of its own, also when its sender has died since. */
export class World {
  readonly landings: Landing[] = [];
  /** Requests that left, in order. */
  readonly sent: Sender[] = [];
  readonly #time: VirtualTime;
  readonly #fateOf: (sender: Sender) => RequestFate;
  readonly #onLanding: (landing: Landing) => void;
  readonly #lagMs: number;

  constructor(
    time: VirtualTime,
    fateOf: (sender: Sender) => RequestFate = () => AT_ONCE,
    onLanding: (landing: Landing) => void = () => undefined,
    lagMs = 0,
  ) {
    this.#time = time;
    this.#fateOf = fateOf;
    this.#onLanding = onLanding;
    this.#lagMs = lagMs;
  }

  /** The first byte leaves now. Gives the answer's number, or false when it was refused. */
  send(sender: Sender): Promise<number | false> {
    const { landsAfter, answersAfter } = this.#fateOf(sender);
    this.sent.push(sender);
    if (landsAfter !== undefined) this.#time.after(landsAfter, () => this.#land(sender));
    if (answersAfter === undefined) return new Promise(() => undefined);
    return this.#time.sleep(answersAfter).then(() => landsAfter !== undefined && this.landings.length);
  }

  #land({ run, step, epoch }: Sender): void {
    const landing = { run, step, epoch, at: this.#time.passed };
    this.landings.push(landing);
    this.#onLanding(landing);
  }

  count(step: string, run?: string): number {
    return this.landings.filter((one) => one.step === step && (run ?? one.run) === one.run).length;
  }

  /** What the world tells those who ask; it may be a little behind. */
  shows(step: string, run: string): boolean {
    const latest = this.#time.passed - this.#lagMs;
    return this.landings.some((one) => one.step === step && one.run === run && one.at <= latest);
  }
}
