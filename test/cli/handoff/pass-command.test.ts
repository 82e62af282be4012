import { describe, expect, it } from 'vitest';
import type { CommandOptions } from '../../../src/cli/command.ts';
import { commandOf as foldCommand } from '../../../src/cli/handoff/command-of.ts';
import { runHandoff } from '../../../src/cli/handoff/run-handoff.ts';
import { listIncidents } from '../../../src/ledger/list-incidents.ts';
import { makeMachines } from '../approve/approve-world.ts';
import { endOf } from '../cli-world.ts';
import { handOver, makeHandoffWorld } from './handoff-world.ts';

const machineOf = makeMachines();
const machines = { sam: machineOf('sam'), kim: machineOf('kim'), eve: machineOf('eve') };

/** A P0 of v2.1.0 that Sam leads; Dana stands next in the escalation path. */
function world() {
  const shop = makeHandoffWorld({
    runbook: {
      roles: { 'on-call': { title: 'On-Call' }, cto: { title: 'CTO' } },
      people: {
        sam: { name: 'Sam', email: 'sam@example.com', roles: ['on-call'] },
        kim: { name: 'Kim', email: 'kim@example.com', roles: ['on-call'] },
        dana: { name: 'Dana', roles: ['cto'] },
      },
      owners: {
        production: {
          owner: 'on-call',
          backup: 'cto',
          responsibilities: ['all'],
          escalation: ['on-call', 'cto'],
        },
      },
    },
  });
  shop.add(120, 'n1', 'watch.noted', { text: 'payments fail', by: 'Sam', version: 'v2.1.0', severity: 'P0' });
  return shop;
}
type Shop = ReturnType<typeof world>;

const standing = ({ events, wired: { runbook } }: Shop, id: string) => {
  const incident = listIncidents(events, runbook.timezone).find((one) => one.id === id);
  if (incident === undefined) throw new Error(`no incident ${id}`);
  return foldCommand(events, incident, runbook);
};

let nth = 0;
const random = (): number => {
  nth += 1;
  return nth / 100_000;
};

const say = async (shop: Shop, who: keyof typeof machines, words: CommandOptions, about?: string) => {
  const context = { ...shop.context, random, cwd: machines[who].folder };
  const args = about === undefined ? ['emergency'] : ['emergency', about];
  return endOf(runHandoff(args, words, context, shop.wired));
};

const commandOf = async (shop: Shop) => (await handOver(shop, 'emergency')).item('e19');
const incidentOf = async (shop: Shop): Promise<string> =>
  String((await handOver(shop, 'emergency')).result?.result.subject);

describe('the command of an incident', () => {
  it('HOE-00, HOE-19: is offered, stays where it is, and passes when the other one names the incident and accepts', async () => {
    const shop = world();
    const incident = await incidentOf(shop);
    expect(await commandOf(shop)).toMatchObject({ state: 'done', said: expect.stringMatching(/^Sam since/) });
    const offered = await say(shop, 'sam', { to: 'kim' });
    expect(offered.result).toMatchObject({
      exitCode: 0,
      text: expect.stringMatching(/Offered to Kim .*Sam is still commander\./),
    });
    expect(await commandOf(shop)).toMatchObject({
      state: 'open',
      said: expect.stringMatching(/^Sam still since .*: offered to Kim/),
    });
    const taken = await say(shop, 'kim', { accept: true }, incident);
    expect(taken.result).toMatchObject({
      exitCode: 0,
      text: expect.stringMatching(/Kim is commander since/),
    });
    expect(await commandOf(shop)).toMatchObject({ state: 'done', said: expect.stringMatching(/^Kim since/) });
  });

  it('is taken by nobody to whom it was not offered, nor in passing', async () => {
    const shop = world();
    const incident = await incidentOf(shop);
    expect((await say(shop, 'kim', { accept: true }, incident)).code).toBe('E_FLAG_REFUSED');
    await say(shop, 'sam', { to: 'kim' });
    expect((await say(shop, 'sam', { accept: true }, incident)).code).toBe('E_FLAG_REFUSED');
    expect((await say(shop, 'eve', { accept: true }, incident)).code).toBe('E_NOT_LISTED');
    await expect(say(shop, 'kim', { accept: true })).resolves.toMatchObject({ code: 'E_ANSWERED_NO' });
    expect(standing(shop, incident).commander).toBe('sam');
  });

  it('HOE-19: where a rule has called and nobody has done anything, whoever accepts first takes it', async () => {
    const shop = world();
    shop.events.pop();
    const change = { severity: 'P0', rule: 'error-percent', series: null };
    shop.add(120, 'w2', 'watch.changed', { version: 'v2.1.0', change });
    const incident = await incidentOf(shop);
    expect(await commandOf(shop)).toMatchObject({
      said: 'nobody has taken command on record',
      next: `release handoff emergency ${incident} --accept takes it`,
    });
    expect((await say(shop, 'kim', { accept: true }, incident)).result?.exitCode).toBe(0);
    expect((await say(shop, 'sam', { accept: true }, incident)).code).toBe('E_FLAG_REFUSED');
    expect(standing(shop, incident)).toMatchObject({ commander: 'kim' });
  });

  it('names whom to call when nobody has answered for five minutes', async () => {
    const shop = world();
    const incident = await incidentOf(shop);
    shop.add(124, 'o', 'handoff.offered', { subject: incident, version: 'v2.1.0', by: 'sam', to: 'kim' });
    expect(await commandOf(shop)).toMatchObject({
      said: expect.stringContaining('no answer for 6 min'),
      next: `call Dana: release handoff emergency ${incident} --to <person>`,
    });
  });

  it('is never another’s by a forged acceptance, nor by one of another incident', async () => {
    const shop = world();
    const incident = await incidentOf(shop);
    await say(shop, 'sam', { to: 'kim' });
    shop.add(131, 'f', 'handoff.accepted', { subject: incident, version: 'v2.1.0', by: 'dana' });
    shop.add(131, 'g', 'handoff.accepted', { subject: 'INC-2020-01-01-1', version: 'v2.1.0', by: 'kim' });
    expect(standing(shop, incident)).toMatchObject({ commander: 'sam', offer: { to: 'kim' } });
  });

  it('is offered to people of the runbook, and of an emergency alone', async () => {
    const shop = world();
    expect((await say(shop, 'sam', { to: 'nobody' })).code).toBe('E_NOT_LISTED');
    const after = await endOf(runHandoff(['after'], { to: 'kim' }, shop.context, shop.wired));
    expect(after.code).toBe('E_FLAG_REFUSED');
  });
});
