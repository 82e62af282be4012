import type { JsonObject } from '../../../src/domain/json.ts';
import type { PlanEntry } from '../../../src/domain/plan.ts';
import { defineStep, gate, ReleaseError, type Seen, signOff } from '../../../src/kit.ts';
import type { NewEvent } from '../../../src/ledger/event.ts';
import { Stage } from './stage.ts';

type Input = { name: string };

const notLive = (): ReleaseError =>
  new ReleaseError('E_TEST', { what: 'The old version answers.', next: 'Look.', state: 'partly-done' });

/** A shop that is released on a stage: what is there in truth, what was done, and a stranger who writes into the ledger. */
export class SmallShop {
  /** Effects that are there. */
  readonly there = new Set<string>();
  /** Every step that ran, in order. */
  readonly did: string[] = [];
  /** Every step that the world was asked about. */
  readonly asked: string[] = [];
  /** How the world answers about a step, where not by what is there. */
  answers: Readonly<Record<string, Seen<JsonObject> | 'silent'>> = {};
  readonly stage: Stage;
  readonly #steps;

  constructor() {
    const base = { def: 1, needs: [], settleMs: 30_000, timeoutMs: 60_000, stop: 'safe' } as const;
    const title = ({ name }: Input) => `Do ${name}`;
    const common = { ...base, title, undo: { kind: 'nothing' } } as const;
    const act = async (name: string): Promise<JsonObject> => {
      this.did.push(name);
      this.there.add(name);
      return { name };
    };
    const inspect = (_: unknown, { name }: Input) => this.#see(name);
    const run = (_: unknown, { name }: Input) => act(name);
    const look = async (_: unknown, { name }: Input) => {
      this.did.push(name);
      return { name };
    };
    const prove = async (_: unknown, { name }: Input) => {
      this.did.push(name);
      if (!this.there.has('publish')) throw notLive();
      return { name };
    };
    this.#steps = {
      effect: defineStep<never, Input, JsonObject>({
        ...common,
        id: 's.effect',
        effect: 'probeable',
        run,
        inspect,
      }),
      later: defineStep<never, Input, JsonObject>({
        ...common,
        id: 's.later',
        effect: 'probeable',
        askedBeside: true,
        run,
        inspect,
      }),
      set: defineStep<never, Input, JsonObject>({ ...common, id: 's.set', effect: 'repeatable', run }),
      door: defineStep<never, Input, JsonObject>({
        ...common,
        id: 's.door',
        effect: 'repeatable',
        run,
        inspect,
      }),
      read: defineStep<never, Input, JsonObject>({ ...common, id: 's.read', effect: 'read', run: look }),
      note: defineStep<never, Input, JsonObject>({
        ...common,
        id: 's.note',
        effect: 'read',
        notes: true,
        run: look,
      }),
      prove: defineStep<never, Input, JsonObject>({ ...common, id: 's.prove', effect: 'read', run: prove }),
    };
    this.stage = new Stage(Object.values(this.#steps));
  }

  async #see(name: string): Promise<Seen<JsonObject>> {
    this.asked.push(name);
    const answer = this.answers[name];
    if (answer === 'silent') return new Promise(() => undefined);
    if (answer !== undefined) return answer;
    return this.there.has(name) ? { state: 'done', done: { name } } : { state: 'absent' };
  }

  /** The plan of a release day, small. */
  deploy(): readonly PlanEntry[] {
    const { effect, set, door, read, note, prove } = this.#steps;
    const plain = (step: typeof set, name: string) => step.with({ name }, { name });
    return [
      signOff(1, 'Go', ['qa'], true),
      plain(set, 'maintenance-on'),
      plain(note, 'baseline'),
      plain(effect, 'backup'),
      plain(effect, 'migrate'),
      plain(read, 'schema-after'),
      plain(effect, 'merge-and-tag'),
      plain(effect, 'publish'),
      prove.with({ name: 'prove-live' }, { name: 'prove-live', redoes: 'publish' }),
      plain(set, 'smoke'),
      gate('smoke', 'Smoke', 'gate-smoke'),
      signOff(2, 'Go on', ['qa'], false),
      door.with({ name: 'maintenance-off' }, { name: 'maintenance-off', provenBy: 'prove-live' }),
      gate('post-deploy', 'After', 'gate-open'),
    ];
  }

  /** The plan of a way back, small. */
  rollback(): readonly PlanEntry[] {
    const { effect, later, set, door, prove } = this.#steps;
    const plain = (step: typeof set, name: string) => step.with({ name }, { name });
    return [
      later.with({ name: 'restore-commit' }, { name: 'restore-commit' }),
      plain(effect, 'publish'),
      prove.with({ name: 'prove-live' }, { name: 'prove-live', redoes: 'publish' }),
      plain(effect, 'restore-database'),
      door.with({ name: 'maintenance-off' }, { name: 'maintenance-off', provenBy: 'prove-live' }),
    ];
  }

  /** A stranger who may push writes that these are done; the chain of the ledger stays sound. */
  async forge(...names: readonly string[]): Promise<void> {
    const data = { how: 'effect', done: {}, tookMs: 1 } as const;
    for (const step of names) await this.write({ step, type: 'step.done', data });
  }

  /** The same with any entry. */
  async write(event: Pick<NewEvent, 'type' | 'data' | 'step'>): Promise<void> {
    const id = `forged-${this.stage.events().length}`;
    await this.stage.open('mallory').note('shop/production', { id, run: 'r-1', ...event } as NewEvent);
  }
}
