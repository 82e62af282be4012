import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StatusOrder, StatusPagePort } from '../../src/services/statuspage/port.ts';

/** A page with production's incidents. */
interface PageWorld {
  readonly page: StatusPagePort;
  /** The texts that customers read of all incidents, newest first. */
  texts(): Promise<readonly string[]>;
  /** The line above everything. */
  headline(): Promise<string>;
  close(): Promise<void>;
}

const order = (over: Partial<StatusOrder> = {}): StatusOrder => ({
  run: 'r-1',
  state: 'identified',
  title: 'The application is unavailable',
  text: 'We are going back.',
  impact: 'out',
  ...over,
});

const back = order({ state: 'monitoring', text: 'It is back.', impact: 'impaired' });
const over = order({ state: 'resolved', text: 'It is over.', impact: 'none' });

/** What every status page that can be asked must do. */
export function describeStatusPagePort(name: string, open: () => Promise<PageWorld>): void {
  describe(name, () => {
    let world: PageWorld;
    beforeEach(async () => {
      world = await open();
    });
    afterEach(() => world.close());

    it('RBX-7.2: tells an incident from its beginning to its end', async () => {
      const { page } = world;
      expect(page.canRead('production')).toBe(true);
      expect(await page.list('production')).toEqual([]);
      expect(await page.tell('production', order())).toMatchObject({ run: 'r-1', state: 'identified' });
      expect(await page.tell('production', back)).toMatchObject({ run: 'r-1', state: 'monitoring' });
      expect(await world.headline()).not.toBe('All Systems Operational');
      expect(await page.tell('production', over)).toMatchObject({ state: 'resolved', text: 'It is over.' });
      expect(await world.headline()).toBe('All Systems Operational');
      expect(await world.texts()).toEqual(['It is over.', 'It is back.', 'We are going back.']);
    });

    it('says nothing twice, and takes nothing back', async () => {
      const { page } = world;
      for (const said of [order(), order({ text: 'Once more.' }), back, order()])
        await page.tell('production', said);
      expect(await world.texts()).toEqual(['It is back.', 'We are going back.']);
      expect(await page.list('production')).toMatchObject([{ run: 'r-1', state: 'monitoring' }]);
    });

    it('opens no incident only to resolve it', async () => {
      expect(await world.page.tell('production', over)).toBeUndefined();
      expect(await world.texts()).toEqual([]);
    });

    it('keeps the incident of each run apart', async () => {
      const { page } = world;
      await page.tell('production', order());
      await page.tell('production', order({ run: 'r-10' }));
      await page.tell('production', over);
      expect(await page.list('production')).toMatchObject([
        expect.objectContaining({ run: expect.any(String) }),
        expect.objectContaining({ run: expect.any(String) }),
      ]);
      const states = new Map((await page.list('production')).map(({ run, state }) => [run, state]));
      expect(states).toEqual(
        new Map([
          ['r-1', 'resolved'],
          ['r-10', 'identified'],
        ]),
      );
      expect(await world.headline()).not.toBe('All Systems Operational');
    });
  });
}
