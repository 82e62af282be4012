import { afterEach, beforeEach, expect, it } from 'vitest';
import { run as status } from '../../../src/cli/commands/status.ts';
import { makeTestContext } from '../../support/test-context.ts';
import { makePrepareWorld, type PrepareWorld } from './prepare-world.ts';

let world: PrepareWorld;

const look = async () => {
  const { context } = makeTestContext({ command: 'status', flags: {} });
  return status([], {}, { ...context, cwd: world.work });
};

/** The earliest day that is possible: the program goes by the clock of the machine. */
async function findDay(): Promise<string> {
  const { result } = await world.prepare('v2.2.0', {}, { plan: true });
  return String(result.day);
}

beforeEach(() => {
  world = makePrepareWorld();
});
afterEach(() => world.remove());

it('PRE-33: status names the candidate, its planned day and what is due', async () => {
  expect((await look()).text).not.toContain('prepared');
  const day = await findDay();
  await world.prepare('v2.2.0', { for: day });
  const { text, result } = await look();
  expect(text).toContain('prepared     v2.2.0-rc.1, planned for ');
  expect(text).toMatch(/(?:today is|next) T-\d/);
  expect(result.prepared).toMatchObject([{ version: 'v2.2.0', candidate: 'v2.2.0-rc.1', day }]);
});

it('PRE-33: a second candidate keeps the day that was planned', async () => {
  const day = await findDay();
  await world.prepare('v2.2.0', { for: day });
  world.checkout('release/v2.2.0');
  world.push('fix.txt', 'fix', 'fix: late');
  await world.prepare('v2.2.0');
  expect((await look()).result.prepared).toMatchObject([{ candidate: 'v2.2.0-rc.2', day }]);
});

it('PRE-33: a day that nobody chose is not told as planned', async () => {
  await world.prepare('v2.2.0');
  expect((await look()).text).toContain('v2.2.0-rc.1, no day is planned');
});
