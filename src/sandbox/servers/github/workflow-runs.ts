export type Conclusion = 'success' | 'failure';

/** What a test or a scenario lets the next run do instead of simply ending. */
export type RunFate =
  | { readonly kind: 'waits'; readonly environment: string }
  | { readonly kind: 'stuck' | 'cancelled' };

export interface RunOrder {
  readonly workflow: string;
  readonly ref: string;
  readonly inputs: Readonly<Record<string, string>>;
}

export interface Run {
  readonly id: number;
  readonly order: RunOrder;
  readonly title: string;
  readonly createdAt: Date;
  /** Milliseconds of the stand-in's time. */
  readonly orderedAt: number;
  readonly fate: RunFate | undefined;
  /** When somebody approved it; a run that waits for nobody is approved from the beginning. */
  approvedAt: number | undefined;
  effect: Promise<void>;
  /** Set when the effect is over, or when the run ended without one. */
  conclusion: Conclusion | 'cancelled' | undefined;
}

export type RunStatus = 'queued' | 'waiting' | 'in_progress' | 'completed';

// At speed 1: about what a small workflow takes.
const QUEUED_MS = 3000;
const RUNS_MS = 40_000;
/** A new run is found by its id at once, and in lists a little later. */
const UNLISTED_MS = 2000;

interface Ground {
  readonly elapsed: () => number;
  readonly speed: number;
  readonly onDispatch: (order: RunOrder) => Promise<Conclusion>;
  readonly titleOf: (order: RunOrder) => string;
}

/** Workflow runs that take their time: queued, perhaps waiting for an approval, in progress, completed. */
export class WorkflowRuns {
  readonly #runs: Run[] = [];
  readonly #fates: RunFate[] = [];
  readonly #ground: Ground;

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  /** The next run that is ordered has this fate. */
  foretell(fate: RunFate): void {
    this.#fates.push(fate);
  }

  /** Takes an order; its real effect begins at once, or with the approval. */
  order(order: RunOrder): Run {
    const fate = this.#fates.shift();
    const now = this.#ground.elapsed();
    const run: Run = {
      id: 9_000_000_001 + this.#runs.length,
      order,
      title: this.#ground.titleOf(order),
      createdAt: new Date(),
      orderedAt: now,
      fate,
      approvedAt: fate?.kind === 'waits' ? undefined : now,
      effect: Promise.resolve(),
      conclusion: fate?.kind === 'cancelled' ? 'cancelled' : undefined,
    };
    this.#runs.push(run);
    if (fate === undefined) this.#begin(run);
    return run;
  }

  /** Lets a waiting run go on, or ends it. False when it waits for nobody. */
  review(run: Run, isApproved: boolean): boolean {
    if (this.statusOf(run) !== 'waiting') return false;
    run.approvedAt = this.#ground.elapsed();
    if (isApproved) this.#begin(run);
    else run.conclusion = 'failure';
    return true;
  }

  find(id: number): Run | undefined {
    return this.#runs.find((run) => run.id === id);
  }

  /** Newest first. */
  all(): readonly Run[] {
    return [...this.#runs].reverse();
  }

  /** What lists show: everything but the newest moments. */
  listed(): readonly Run[] {
    return this.all().filter(({ orderedAt }) => this.#since(orderedAt) >= UNLISTED_MS);
  }

  statusOf(run: Run): RunStatus {
    if (this.#since(run.orderedAt) < QUEUED_MS) return 'queued';
    if (run.approvedAt === undefined) return 'waiting';
    return this.#isOver(run, run.approvedAt) ? 'completed' : 'in_progress';
  }

  /** Resolves when no real effect is under way any more. */
  async quiet(): Promise<void> {
    await Promise.all(this.#runs.map(({ effect }) => effect));
  }

  #since(moment: number): number {
    return (this.#ground.elapsed() - moment) * this.#ground.speed;
  }

  #isOver({ fate, conclusion }: Run, approvedAt: number): boolean {
    if (fate?.kind === 'stuck' || conclusion === undefined) return false;
    const isShort = conclusion === 'cancelled' || (fate?.kind === 'waits' && conclusion === 'failure');
    return isShort || this.#since(approvedAt) >= QUEUED_MS + RUNS_MS;
  }

  #begin(run: Run): void {
    run.effect = this.#ground.onDispatch(run.order).then(
      (conclusion) => {
        run.conclusion = conclusion;
      },
      () => {
        run.conclusion = 'failure';
      },
    );
  }
}
