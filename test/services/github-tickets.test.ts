import { afterEach, expect, it } from 'vitest';
import { openGithub } from '../contracts/github-world.ts';
import { failureOf } from '../support/failure-of.ts';

type World = Awaited<ReturnType<typeof openGithub>>;
let world: World;
afterEach(() => world.server.close());

const order = { title: 'Drift', body: 'text <!-- drift-1 -->', marker: 'drift-1' };
const open = async (options: Parameters<typeof openGithub>[0] = {}): Promise<World> => {
  world = await openGithub(options);
  return world;
};
const addMany = (count: number): void => {
  for (let i = 0; i < count; i += 1) world.server.addIssue(`Other ${i}`, []);
};

it('DRF-06: finds the newest ticket although the index of the search is behind', async () => {
  const { github } = await open({ searchLags: true });
  addMany(150);
  const opened = await github.openTicket(order);
  expect(await github.openTicket(order)).toEqual({ ...opened, isNew: false });
});

it('DRF-06: finds an old ticket behind many others by the search', async () => {
  const { github } = await open();
  const opened = await github.openTicket(order);
  addMany(150);
  expect(await github.openTicket(order)).toEqual({ ...opened, isNew: false });
});

it('DRF-06: a search that gave up has found nothing out, and no ticket is opened', async () => {
  const { github, server } = await open();
  addMany(150);
  server.addFault({
    path: /search/,
    times: 1,
    answer: { status: 200, json: { incomplete_results: true, items: [] } },
  });
  const failure = await failureOf(github.openTicket(order));
  expect(failure.text).toMatchObject({
    state: 'untouched',
    what: expect.stringContaining('gave up its search'),
  });
  expect(server.issues()).toHaveLength(150);
});

it('DRF-06: without the right to write, or when the answer is lost for good, no ticket is said to be open', async () => {
  const { server, adapterWith } = await open({ others: { reader: 'read' } });
  const refused = await failureOf(adapterWith({ token: 'reader' }).openTicket(order));
  expect(refused.text.state).toBe('untouched');
  server.addFault({ path: /issues$/, method: 'POST', times: 1, answer: 'drop' });
  const lost = await failureOf(adapterWith().openTicket(order));
  expect(lost.text.state).toBe('unclear');
  expect(server.issues()).toEqual([]);
});
