import { randomUUID } from 'node:crypto';

/** What a test or a scenario lets the next operation do instead of finishing. */
export type OperationFate = 'fails-once' | 'fails' | 'stuck' | 'cancelled';

export interface Work {
  readonly action: string;
  readonly branch?: string;
  readonly endpoint?: string;
  /** Milliseconds at speed 1. */
  readonly takesMs: number;
  /** The real effect; it begins at once and must be over before the operation is. */
  readonly effect?: () => Promise<void>;
  /** What the world says differently once the operation is finished. */
  readonly finish?: () => void;
}

interface Operation {
  readonly id: string;
  readonly work: Work;
  readonly fate: OperationFate | undefined;
  readonly createdAt: Date;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly effect: Promise<unknown>;
  closed?: 'finished' | 'failed' | 'cancelled';
  error?: string;
}

const sayError = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Operations that take their time: accepted at once, finished later, one set at a time. */
export class Operations {
  #list: Operation[] = [];
  #fates: OperationFate[] = [];
  readonly #project: string;
  readonly #elapsed: () => number;
  readonly #speed: number;

  constructor(project: string, elapsed: () => number, speed: number) {
    this.#project = project;
    this.#elapsed = elapsed;
    this.#speed = speed;
  }

  /** The next operation that begins has this fate. */
  foretell(fate: OperationFate): void {
    this.#fates.push(fate);
  }

  /** Begins works one after the other; returns how they look at once. */
  begin(works: readonly Work[]): readonly object[] {
    let startsAt = this.#elapsed();
    let before: Promise<unknown> = Promise.resolve();
    const started = works.map((work) => {
      const fate = this.#fates.shift();
      const endsAt = startsAt + work.takesMs / this.#speed;
      const hasEffect = work.effect !== undefined && (fate === undefined || fate === 'fails-once');
      const effect = hasEffect ? before.then(() => work.effect?.()) : before;
      effect.catch(() => undefined);
      const operation: Operation = {
        id: randomUUID(),
        work,
        fate,
        createdAt: new Date(),
        startsAt,
        endsAt,
        effect,
      };
      before = effect;
      startsAt = endsAt;
      return operation;
    });
    this.#list.push(...started);
    return started.map((operation) => this.#say(operation));
  }

  /** Ends what is due, waiting for real effects; called before every answer, so that time alone moves the world. */
  async settle(): Promise<void> {
    for (const operation of this.#list) {
      if (operation.closed === undefined && this.#isDue(operation)) await this.#close(operation);
    }
  }

  /** True while anything of the project is under way: the next change is refused with 423. */
  isBusy(): boolean {
    return this.#list.some(({ closed }) => closed === undefined);
  }

  find(id: string): object | undefined {
    const found = this.#list.find((operation) => operation.id === id);
    return found && this.#say(found);
  }

  /** Newest first. */
  all(): readonly object[] {
    return this.#list.map((operation) => this.#say(operation)).reverse();
  }

  /** Resolves when no real effect is under way any more. */
  async quiet(): Promise<void> {
    await Promise.allSettled(this.#list.map(({ effect }) => effect));
  }

  #isDue({ fate, startsAt, endsAt }: Operation): boolean {
    if (fate === 'stuck') return false;
    const second = fate === 'fails-once' ? endsAt - startsAt : 0;
    return this.#elapsed() >= endsAt + second;
  }

  async #close(operation: Operation): Promise<void> {
    if (operation.fate === 'fails' || operation.fate === 'cancelled') {
      operation.closed = operation.fate === 'fails' ? 'failed' : 'cancelled';
      if (operation.closed === 'failed') operation.error = 'internal error (scripted)';
      return;
    }
    try {
      await operation.effect;
      // Two questions may have waited for the same effect.
      if (operation.closed !== undefined) return;
      operation.closed = 'finished';
      operation.work.finish?.();
    } catch (error) {
      operation.closed = 'failed';
      operation.error = sayError(error);
    }
  }

  #status({ closed, fate, startsAt, endsAt }: Operation): string {
    if (closed !== undefined) return closed;
    const now = this.#elapsed();
    if (now < startsAt) return 'scheduling';
    return fate === 'fails-once' && now >= endsAt ? 'failed' : 'running';
  }

  #say(operation: Operation): object {
    const { id, work, createdAt, fate, endsAt } = operation;
    const hasFailed = operation.closed === 'failed' || (fate === 'fails-once' && this.#elapsed() >= endsAt);
    return {
      id,
      project_id: this.#project,
      action: work.action,
      status: this.#status(operation),
      failures_count: hasFailed ? 1 : 0,
      ...(operation.error === undefined ? {} : { error: operation.error }),
      ...(work.branch === undefined ? {} : { branch_id: work.branch }),
      ...(work.endpoint === undefined ? {} : { endpoint_id: work.endpoint }),
      created_at: createdAt.toISOString(),
      updated_at: new Date().toISOString(),
      total_duration_ms: work.takesMs,
    };
  }
}
