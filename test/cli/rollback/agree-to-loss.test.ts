import { describe, expect, it } from 'vitest';
import { runRollback } from '../../../src/cli/rollback/run-rollback.ts';
import { ReleaseError } from '../../../src/domain/failure.ts';
import { makeCliWorld, tagOf, type WantedWorld } from '../cli-world.ts';
import { inFull, live, origin, rollBack, type World } from './rollback-world.ts';

const silentNeon = async (): Promise<never> => {
  throw new ReleaseError('E_NEON_UNREACHABLE', { what: 'silent', next: 'Look.', state: 'untouched' });
};

describe('a rollback that would lose data', () => {
  const point = { at: '2025-10-01T13:26:30.000Z', lsn: '0/10', xid: '757' };
  const written = [
    { table: 'assessments', rows: 200 },
    { table: 'users', rows: 12 },
    { table: 'facilities', rows: 0 },
  ];
  const now = { at: '2025-10-01T14:00:00.000Z', lsn: '0/90', xid: '790' };
  const postgres = { writtenSince: async () => written, restorePoint: async () => now };
  const services = { postgres, neon: { children: async () => ['staging'] } };
  const left = ({ past }: World) =>
    past('deploy', ['v2.0.3', 'v2.1.0'], 'completed', { 'restore-point': point });
  const restore = (flags: string, wanted: WantedWorld) =>
    rollBack(`--to v2.0.3 --db restore ${flags}`.trim(), { services, ...wanted }, left);

  it('RBX-4C1: counts minutes (rounded up), rows, and the tables that have any', async () => {
    const { result } = await restore('--plan', { flags: { plan: true } });
    expect(result?.result).toMatchObject({ loss: { minutes: 34, rows: 212, tables: 2 } });
  });

  it('RBX-4C1: says how many payments lie in the gap, and that Stripe did not say', async () => {
    const plan = (payments: () => Promise<unknown>) =>
      restore('--plan', {
        flags: { plan: true },
        configured: ['git', 'host', 'stripe'],
        services: { ...services, stripe: { payments: payments as never } },
      });
    const { result } = await plan(async () => ({ succeeded: 2, declined: 0, failed: 0 }));
    expect(result?.text.replace(/\s+/g, ' ')).toContain(
      'LOSES 34 minutes: 212 rows in 2 tables written since, 2 payments;',
    );
    expect(result?.result).toMatchObject({ loss: { payments: 2 } });
    const silent = await plan(silentNeon);
    expect(silent.result?.text.replace(/\s+/g, ' ')).toContain('payments not known: Stripe did not say');
    expect(silent.result?.result).toMatchObject({ loss: { payments: null } });
  });

  it('E-48: names the branches that move, before anybody agrees', async () => {
    const { result } = await restore('--plan', { flags: { plan: true } });
    expect(result?.text).toContain('moves below the kept state: staging');
    expect(result?.result).toMatchObject({ moves: ['staging'] });
  });

  it('E-48: is not planned when the branches that would move cannot be read', async () => {
    const { code, entriesOf } = await restore('--plan', {
      flags: { plan: true },
      services: { postgres, neon: { children: silentNeon } },
    });
    expect(code).toBe('E_NEON_UNREACHABLE');
    expect(entriesOf('run.planned')).toHaveLength(1);
  });

  it('RBX-4C1: counts the minutes by the clock of the database, which also named the point', async () => {
    const late = { ...postgres, restorePoint: async () => ({ ...now, at: '2025-10-01T15:00:00.000Z' }) };
    const { result } = await restore('--plan', {
      flags: { plan: true },
      services: { ...services, postgres: late },
    });
    expect(result?.result).toMatchObject({ loss: { minutes: 94 } });
  });

  it('E-84: asks for the loss in words, and then for the name of the environment', async () => {
    const {
      asked: _,
      entriesOf,
      ...world
    } = makeCliWorld({
      command: 'rollback',
      ...origin,
      live,
      services,
      terminal: { canAsk: true },
      answers: ['lose 33 minutes'],
    });
    await left({ ...world, asked: _, entriesOf });
    const typed = runRollback([], { to: 'v2.0.3', db: 'restore' }, world.context, world.wired);
    await expect(typed).rejects.toMatchObject({ code: 'E_ANSWERED_NO' });
    expect(entriesOf('run.planned')).toHaveLength(1);
  });

  it('asks first whether a point that the ledger does not know may be taken', async () => {
    const trailers = {
      'Previous-Version': 'v2.0.3',
      'Restore-Point': `${point.lsn} ${point.at} ${point.xid}`,
    };
    const tags = [tagOf('v2.1.0', trailers), tagOf('v2.0.3')];
    const { code, questions, stderr } = await rollBack('--to v2.0.3 --db restore', {
      services,
      tags,
      terminal: { canAsk: true },
      flags: {},
      answers: ['n'],
    });
    expect(code).toBe('E_ANSWERED_NO');
    expect(questions).toEqual(['The restore point is from the tag v2.1.0, not from the ledger. Take it?']);
    expect(stderr()).not.toContain('confirmed by');
  });

  it('E-84: needs --accept-data-loss beside --yes in a script', async () => {
    const { entriesOf, context, code } = await restore('', { flags: inFull });
    expect(code).toBe('E_ANSWERED_NO');
    expect(context.terminal.canAsk).toBe(false);
    expect(entriesOf('run.planned')).toHaveLength(1);
  });
});
