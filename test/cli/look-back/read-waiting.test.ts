import { describe, expect, it } from 'vitest';
import { readWaiting } from '../../../src/cli/look-back/read-waiting.ts';
import { makeApprovalWorld, makeMachines, SCOPE } from '../approve/approve-world.ts';

const machineOf = makeMachines();
const [pat, sam] = [machineOf('pat'), machineOf('sam')];

describe('what release status says of decisions', () => {
  it('DP-1a: names whom decision 1 waits for once preflight has spoken, and who says no', async () => {
    const world = makeApprovalWorld();
    const look = async () => readWaiting(await world.ledger.read(SCOPE), world.wired);
    expect(await look()).toEqual([]);
    await world.note();
    const said = { point: 1, version: 'v2.1.0' };
    expect(await look()).toMatchObject([
      { ...said, said: 'waiting for product-owner, engineering-lead, devops-lead' },
    ]);
    await world.approve(pat);
    expect(await look()).toMatchObject([
      {
        ...{ ...said, said: 'waiting for engineering-lead, devops-lead', since: expect.any(String) },
        turns: [
          { role: 'engineering-lead', onDuty: { name: 'Robin Example' } },
          { role: 'devops-lead', onDuty: { name: 'Robin Example' }, backup: { name: 'Sam Example' } },
        ],
      },
    ]);
    await world.approve(sam, { go: false, comment: 'not today' });
    expect(await look()).toMatchObject([
      { ...said, said: 'NO-GO by Sam Example (devops-lead, self-declared): "not today"', turns: [] },
    ]);
  });

  it('DP-3a: names whom a later decision waits for when people were asked, until it is taken', async () => {
    const world = makeApprovalWorld();
    await world.past('deploy', ['v2.0.3', 'v2.1.0']);
    const look = async () => readWaiting(await world.ledger.read(SCOPE), world.wired);
    expect(await look()).toEqual([]);
    const data = {
      template: 'decision-needed',
      version: 'v2.1.0',
      channels: ['releases'],
      point: '3' as const,
    };
    await world.ledger.note(SCOPE, { id: 'told', run: 'w', type: 'watch.told', data });
    await world.approve(sam, { point: '3' }, '');
    expect(await look()).toMatchObject([
      { point: 3, version: 'v2.1.0', said: 'waiting for engineering-lead', since: expect.any(String) },
    ]);
    await world.approve(machineOf('robin'), { point: '3', as: 'engineering-lead' }, '');
    expect(await look()).toEqual([]);
  });
});
