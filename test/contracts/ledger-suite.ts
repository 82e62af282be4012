import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dropFenced, GENESIS, readChain } from '../../src/ledger/chain.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { failureOf } from '../support/failure-of.ts';
import { factEvent, intentEvent, signEvent } from '../support/ledger-events.ts';

/** A secret that the redactor of every ledger of a world knows. */
export const LEDGER_SECRET = 'napi"canary\n0123456789';

export interface LedgerWorld {
  /** The store as one person on one machine opens it; every ledger of a world stands on the same store. */
  open(actor: string): Ledger;
  /** The process of this person is gone for good, and the store can be sure of it. */
  lose(actor: string): Promise<void>;
  close(): Promise<void>;
}

/** How often eight people ask for one lock at once; LEDGER_ROUNDS=12 plays the whole proof. */
const ROUNDS = Number(process.env.LEDGER_ROUNDS ?? '2');

let scopes = 0;
const newScope = (): string => {
  scopes += 1;
  return `shop/e${scopes}`;
};
const claim = (run: string, actor = 'ana') => ({ run, actor, reason: 'the Thursday release' });

/** What every store of the ledger must do. */
export function describeLedger(name: string, open: () => Promise<LedgerWorld>): void {
  describe(name, () => {
    let world: LedgerWorld;
    beforeAll(async () => {
      world = await open();
    });
    afterAll(() => world.close());

    describe('as a record', () => {
      it('is empty before its first event', async () => {
        const ledger = world.open('ana');
        expect(await ledger.read('shop/nothing')).toEqual([]);
        expect(await ledger.holder('shop/nothing')).toBeUndefined();
        expect(await ledger.scopes()).not.toContain('shop/nothing');
      });

      it('gives events back in the order in which they were appended, to everybody', async () => {
        const scope = newScope();
        const ledger = world.open('ana');
        const held = await ledger.acquire(scope, claim('r-1'));
        for (const id of ['one', 'two', 'three']) await ledger.append(held, factEvent(id));
        const events = await world.open('ben').read(scope);
        expect(events.map((event) => event.id)).toEqual(['r-1:lock:1', 'one', 'two', 'three']);
        expect(events.map((event) => event.seq)).toEqual([1, 2, 3, 4]);
        expect(await ledger.scopes()).toContain(scope);
      });

      it('chains its events by hash, each with its time, place and person', async () => {
        const scope = newScope();
        const ledger = world.open('ana');
        const held = await ledger.acquire(scope, claim('r-1'));
        const made = await ledger.append(held, factEvent('one'));
        const events = await ledger.read(scope);
        expect(events.at(-1)).toEqual(made);
        const lines = events.map((event) => JSON.stringify(event));
        expect(readChain(lines, { seq: 0, hash: GENESIS }, 'the store')).toEqual(events);
        expect(made).toMatchObject({ v: 1, scope, run: 'r-1', epoch: 1, actor: 'ana', type: 'fact' });
        expect(new Date(made.at).toISOString()).toBe(made.at);
        expect([made.host, made.tool].every((word) => word.length > 0)).toBe(true);
      });

      it('F43: takes the same event id for the same event, whoever repeats it', async () => {
        const scope = newScope();
        const ledger = world.open('ana');
        const held = await ledger.acquire(scope, claim('r-1'));
        const first = await ledger.append(held, factEvent('one', 'first'));
        const again = await ledger.append(held, factEvent('one', 'second'));
        expect(again).toEqual(first);
        expect((await ledger.read(scope)).filter((event) => event.id === 'one')).toHaveLength(1);
      });

      it('T02: never stores a secret, in whatever field it stands', async () => {
        const scope = newScope();
        const ledger = world.open('ana');
        const held = await ledger.acquire(scope, {
          ...claim('r-1'),
          reason: `with ${LEDGER_SECRET} in it`,
        });
        await ledger.append(held, factEvent('one', `before ${LEDGER_SECRET} after`));
        const stored = JSON.stringify([await ledger.read(scope), await ledger.holder(scope)]);
        expect(stored).not.toContain('canary');
        expect(stored).toMatch(/before •••\S* after/);
      });

      it('records an address next to a person, which together look like a password in an address', async () => {
        const scope = newScope();
        const ledger = world.open('ana');
        const held = await ledger.acquire(scope, claim('r-1'));
        const value = { url: 'https://shop.example.com', by: 'ana@example.com' };
        await ledger.append(held, {
          id: 'one',
          run: 'r-1',
          type: 'fact',
          data: { name: 'live', value },
        });
        expect((await ledger.read(scope)).at(-1)?.data).toEqual({ name: 'live', value });
      });

      it('finds events of one id again that holds the text of a secret', async () => {
        const scope = newScope();
        const ledger = world.open('ana');
        const held = await ledger.acquire(scope, claim('r-1'));
        await ledger.append(held, factEvent('of whsec_abcdefgh', 'x'));
        await ledger.append(held, factEvent('of whsec_abcdefgh', 'x'));
        expect(await ledger.read(scope)).toHaveLength(2);
      });

      it('keeps scopes apart', async () => {
        const [one, two] = [newScope(), newScope()];
        const ledger = world.open('ana');
        const first = await ledger.acquire(one, claim('r-1'));
        const second = await ledger.acquire(two, claim('r-2'));
        await ledger.append(first, factEvent('same', 'here', 'r-1'));
        await ledger.append(second, factEvent('same', 'there', 'r-2'));
        expect((await ledger.read(two)).at(-1)).toMatchObject({ id: 'same', scope: two, run: 'r-2' });
        expect(await ledger.holder(one)).toMatchObject({ run: 'r-1' });
      });
    });

    describe('as a lock', () => {
      it('refuses a second holder, with who, where, since when, at what, and what to do', async () => {
        const scope = newScope();
        const ana = world.open('ana');
        const held = await ana.acquire(scope, claim('r-1'));
        await ana.append(held, intentEvent('r-1', 'migrate'));
        const holder = await world.open('ben').holder(scope);
        const error = await failureOf(world.open('ben').acquire(scope, claim('r-2', 'ben')));
        expect(error.code).toBe('E_LOCKED');
        expect(error.text.state).toBe('untouched');
        const toTheSecond = (iso = 'nothing'): string => iso.slice(0, 19).replace('T', ' ');
        for (const word of ['ana', scope, 'r-1', '"migrate"', holder?.host, toTheSecond(holder?.since)])
          expect(error.text.what).toContain(word);
        expect(error.text.why).toContain('the Thursday release');
        expect(error.text.why).toContain(toTheSecond(holder?.lastSign));
        expect(error.text.next).toContain('release rollback');
        expect(await ana.read(scope)).toHaveLength(2);
      });

      it('names the holder with its last step and sign of life', async () => {
        const scope = newScope();
        const ana = world.open('ana');
        const held = await ana.acquire(scope, claim('r-1'));
        expect(await ana.holder(scope)).not.toHaveProperty('step');
        const { at } = await ana.append(held, intentEvent('r-1', 'publish'));
        expect(await world.open('ben').holder(scope)).toMatchObject({
          run: 'r-1',
          actor: 'ana',
          reason: 'the Thursday release',
          step: 'publish',
          lastSign: at,
          alive: true,
        });
      });

      it('is free after a release, and its epochs only rise', async () => {
        const scope = newScope();
        const [ana, ben] = [world.open('ana'), world.open('ben')];
        const first = await ana.acquire(scope, claim('r-1'));
        await ana.release(first, 'completed');
        expect(await ben.holder(scope)).toBeUndefined();
        const second = await ben.acquire(scope, claim('r-2', 'ben'));
        await ben.release(second, 'completed');
        const third = await ana.acquire(scope, claim('r-3'));
        expect([first, second, third].map((held) => held.epoch)).toEqual([1, 2, 3]);
        const types = (await ana.read(scope)).map((event) => event.type);
        expect(types.filter((type) => type === 'lock.acquired')).toHaveLength(3);
      });

      it('lets a released right write nothing more, and a second release do nothing', async () => {
        const scope = newScope();
        const ana = world.open('ana');
        const held = await ana.acquire(scope, claim('r-1'));
        await ana.release(held, 'completed');
        await ana.release(held, 'completed');
        const error = await failureOf(ana.append(held, factEvent('late')));
        expect(error.code).toBe('E_FENCED');
        expect((await ana.read(scope)).map((event) => event.type)).toEqual([
          'lock.acquired',
          'lock.released',
        ]);
      });

      it('F33: gives the lock to exactly one of many who ask at once', async () => {
        for (let round = 0; round < ROUNDS; round += 1) {
          const scope = newScope();
          const asked = Array.from({ length: 8 }, (_, i) =>
            world.open(`person-${i}`).acquire(scope, claim(`r-${i}`, `person-${i}`)),
          );
          const answers = await Promise.allSettled(asked);
          const won = answers.filter((answer) => answer.status === 'fulfilled');
          expect(won).toHaveLength(1);
          const holder = await world.open('ana').holder(scope);
          const lost = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []));
          for (const error of lost) {
            expect(error).toMatchObject({ code: 'E_LOCKED' });
            expect(String(error.text.what)).toContain(`run ${holder?.run}`);
          }
        }
      });

      it('F02: is free at once when its holder is certainly gone, and says from whom it was taken', async () => {
        const scope = newScope();
        const lost = `lost-${scope}`;
        await world.open(lost).acquire(scope, claim('r-1', lost));
        await world.lose(lost);
        const ben = world.open('ben');
        expect(await ben.holder(scope)).toMatchObject({ actor: lost, alive: false });
        const held = await ben.acquire(scope, claim('r-2', 'ben'));
        expect(held.epoch).toBe(2);
        expect((await ben.read(scope)).at(-1)).toMatchObject({
          type: 'lock.takeover',
          data: { from: 'r-1', actor: 'ben', reason: 'the Thursday release' },
        });
      });

      it('F35: is taken over from a live holder only on demand, and the reason is recorded', async () => {
        const scope = newScope();
        const [ana, ben] = [world.open('ana'), world.open('ben')];
        await ana.acquire(scope, claim('r-1'));
        const taken = { run: 'r-2', actor: 'ben', reason: 'her laptop is lost', takeover: true };
        const held = await ben.acquire(scope, taken);
        expect(held).toMatchObject({ epoch: 2, run: 'r-2', scope });
        expect((await ben.read(scope)).at(-1)?.data).toMatchObject({
          reason: 'her laptop is lost',
          from: 'r-1',
        });
        expect(await ana.holder(scope)).toMatchObject({ run: 'r-2', actor: 'ben' });
      });

      it('F34: lets one of two takers have it', async () => {
        const scope = newScope();
        await world.open('ana').acquire(scope, claim('r-1'));
        const takers = ['ben', 'cem'].map((actor) =>
          world.open(actor).acquire(scope, { run: actor, actor, reason: 'stuck', takeover: true }),
        );
        const answers = await Promise.allSettled(takers);
        const holder = await world.open('ana').holder(scope);
        const rights = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
        const newest = rights.sort((a, b) => b.epoch - a.epoch)[0];
        expect(newest?.run).toBe(holder?.run);
        for (const right of rights.slice(1))
          expect((await failureOf(world.open(right.run).renew(right))).code).toBe('E_FENCED');
      });

      it('F38: lets a rollback push a live deploy aside at once', async () => {
        const scope = newScope();
        const [ana, ben] = [world.open('ana'), world.open('ben')];
        const deploy = await ana.acquire(scope, claim('r-1'));
        const held = await ben.acquire(scope, { ...claim('r-2', 'ben'), preempt: 'rollback' });
        expect(held.epoch).toBe(deploy.epoch + 1);
        expect((await failureOf(ana.append(deploy, factEvent('late')))).code).toBe('E_FENCED');
      });

      it('does not let one rollback push another aside, unless it is told to', async () => {
        const scope = newScope();
        const [ana, ben] = [world.open('ana'), world.open('ben')];
        await ana.acquire(scope, { ...claim('r-1'), preempt: 'rollback' });
        const second = { ...claim('r-2', 'ben'), preempt: 'rollback' as const };
        const error = await failureOf(ben.acquire(scope, second));
        expect(error).toMatchObject({
          code: 'E_LOCKED',
          text: { next: expect.stringContaining('release rollback --resume --takeover') },
        });
        expect(error.text.next).not.toContain('release deploy');
        expect((await ben.acquire(scope, { ...second, takeover: true })).epoch).toBe(2);
      });

      it('F35: refuses a fenced holder everything, and writes none of it', async () => {
        const scope = newScope();
        const [ana, ben] = [world.open('ana'), world.open('ben')];
        const old = await ana.acquire(scope, claim('r-1'));
        await ben.acquire(scope, { ...claim('r-2', 'ben'), takeover: true });
        const before = await ben.read(scope);
        const refused = [
          ana.append(old, factEvent('zombie')),
          ana.renew(old),
          ana.release(old, 'completed'),
        ].map(failureOf);
        for (const error of await Promise.all(refused)) {
          expect(error.code).toBe('E_FENCED');
          expect(error.text.why).toContain('epoch 1');
          expect(error.text.why).toContain('2 is the newest');
        }
        expect(await ben.read(scope)).toEqual(before);
        expect(await ben.holder(scope)).toMatchObject({ run: 'r-2' });
      });

      it('moves the deadline with every append and renewal', async () => {
        const scope = newScope();
        const ana = world.open('ana');
        const held = await ana.acquire(scope, claim('r-1'));
        const first = held.deadline();
        await ana.append(held, factEvent('one'));
        const second = held.deadline();
        await ana.renew(held);
        expect(second).toBeGreaterThanOrEqual(first);
        expect(held.deadline()).toBeGreaterThanOrEqual(second);
      });
    });

    describe('for notes', () => {
      it('takes sign-offs without the lock, before, during and after a run', async () => {
        const scope = newScope();
        const [ana, ben] = [world.open('ana'), world.open('ben')];
        await ben.note(scope, signEvent('before'));
        const held = await ana.acquire(scope, claim('r-1'));
        await ben.note(scope, signEvent('during'));
        await ana.append(held, factEvent('one'));
        await ana.release(held, 'completed');
        await ben.note(scope, signEvent('after'));
        const ids = (await ana.read(scope)).map((event) => event.id);
        expect(ids).toEqual(['before', 'r-1:lock:1', 'during', 'one', 'r-1:release:1', 'after']);
      });

      it('keeps every one of many notes that come while a run writes', async () => {
        const scope = newScope();
        const ana = world.open('ana');
        const held = await ana.acquire(scope, claim('r-1'));
        const names = Array.from({ length: 4 }, (_, i) => `n${i}`);
        await Promise.all([
          ...names.map((id) => world.open(id).note(scope, signEvent(id))),
          ...names.map((id) => ana.append(held, factEvent(`own-${id}`))),
        ]);
        const events = await ana.read(scope);
        expect(events).toHaveLength(1 + 2 * names.length);
        expect(events.map((event) => event.seq)).toEqual(events.map((_, i) => i + 1));
      });
    });

    it('shows readers nothing that an older epoch wrote after a takeover', () => {
      const at = (seq: number, epoch: number, type: string) => ({ seq, epoch, type }) as never;
      const events = [
        at(1, 1, 'lock.acquired'),
        at(2, 1, 'fact'),
        at(3, 2, 'lock.takeover'),
        at(4, 1, 'fact'),
      ];
      expect(dropFenced(events).map((event) => event.seq)).toEqual([1, 2, 3]);
    });
  });
}
