import { describe, expect, it } from 'vitest';
import { parseWords } from '../../../src/cli/program.ts';
import { runRollback } from '../../../src/cli/rollback/run-rollback.ts';
import type { Wired } from '../../../src/cli/wired.ts';
import { ReleaseError } from '../../../src/domain/failure.ts';
import { answering } from '../../support/test-wired.ts';
import { endOf, gitAlone, makeCliWorld, tagOf, type WantedWorld } from '../cli-world.ts';

const inFull = { yes: true, env: 'production', envIsTyped: true };
const origin = {
  branches: { main: 'a'.repeat(40) },
  tags: [tagOf('v2.2.0'), tagOf('v2.1.0'), tagOf('v2.0.3')],
};
const live = async () => ({ version: '2.1.0', latencyMs: 1 });
const lacks = (...names: Wired['missing'][number]['services']): Wired['missing'] => [
  { name: 'SOME_KEY', services: names },
];
type World = ReturnType<typeof makeCliWorld>;

/** `release rollback …` with the options as the command line makes them. */
async function rollBack(
  words: string,
  wanted: WantedWorld = {},
  before?: (world: World) => Promise<unknown>,
) {
  const { args, options } = parseWords(['rollback', ...words.split(' ')], {});
  const world = makeCliWorld({ command: 'rollback', ...origin, live, ...wanted });
  await before?.(world);
  world.asked.length = 0;
  const ended = await endOf(runRollback(args, options, world.context, world.wired));
  return { ...world, ...ended };
}

describe('the order in which a rollback refuses', () => {
  it('refuses a bad version before anything else', async () => {
    const { code, asked } = await rollBack('--to 2.0', { missing: lacks() });
    expect({ code, asked }).toEqual({ code: 'E_VERSION_SHAPE', asked: [] });
  });

  it('refuses without a terminal before it asks the world anything, and shows the line in full', async () => {
    const { code, asked, next } = await rollBack('--to v2.0.3 --db restore', { missing: lacks() });
    expect({ code, asked }).toEqual({ code: 'E_CONFIRM_IN_FULL', asked: [] });
    expect(next).toBe(
      'Say so in full: release rollback --to v2.0.3 --db restore --accept-data-loss --env production --yes',
    );
  });

  it('names a secret that it cannot do without, before it asks the world anything', async () => {
    for (const missing of [lacks(), lacks('stripe'), lacks('postgres'), lacks('slack', 'postgres')]) {
      const { code, asked } = await rollBack('--to v2.0.3', { missing, flags: inFull });
      expect({ code, asked }).toEqual({ code: 'E_SECRET_MISSING', asked: [] });
    }
  });

  it.each([
    ['--db down', ['slack', 'mail', 'metrics', 'neon'], ['postgres']],
    ['--db none', ['slack', 'mail', 'metrics', 'neon', 'postgres'], ['stripe']],
    ['--db restore', ['slack', 'mail', 'metrics'], ['postgres', 'neon']],
  ] as const)(
    'lets no secret of messages or of what it leaves alone hold it up: %s',
    async (db, free, needed) => {
      const plan = (service: (typeof free | typeof needed)[number]) =>
        rollBack(`--to v2.0.3 ${db}`, { missing: lacks(service), flags: { plan: true } });
      for (const service of free) expect((await plan(service)).code).not.toBe('E_SECRET_MISSING');
      for (const service of needed) expect((await plan(service)).code).toBe('E_SECRET_MISSING');
    },
  );

  it('lets no secret of messages hold a resumed rollback up either', async () => {
    const open = ({ past }: World) => past('rollback', ['v2.1.0', 'v2.0.3'], 'open');
    const spared = await rollBack('--resume', { missing: lacks('slack'), flags: inFull }, open);
    expect(spared.code).not.toBe('E_SECRET_MISSING');
    const held = await rollBack('--resume', { missing: lacks('neon'), flags: inFull }, open);
    expect(held.code).toBe('E_SECRET_MISSING');
  });

  it('refuses a newer version, and says what brings it: its own number is used up, and a deploy would refuse it', async () => {
    const { code, next, entriesOf } = await rollBack('--to v2.2.0', { flags: inFull });
    expect(code).toBe('E_NOT_EARLIER');
    expect(next).toBe('What it brought goes out under the next number: release prepare v2.2.1.');
    expect(entriesOf('run.planned')).toEqual([]);
  });

  it.each(['open', 'completed'] as const)(
    'goes back to what the last deploy replaced, whatever its number, and not past a rollback: %s',
    async (end) => {
      const after = ({ past }: World) => past('deploy', ['v2.2.0', 'v2.1.0'], end);
      const back = await rollBack('--to v2.2.0', { flags: { plan: true } }, after);
      expect(back.code).toBeUndefined();
      expect(back.result?.exitCode).toBe(0);
      const taken = await rollBack('--to v2.2.0', { flags: inFull }, ({ past }) =>
        past('rollback', ['v2.2.0', 'v2.1.0'], 'completed'),
      );
      expect(taken.code).toBe('E_NOT_EARLIER');
    },
  );

  it.each([
    ['the version that the ledger saw go live last', ['v2.0.3', 'v2.1.0'], 'completed'],
    ['the version that a half-way deploy left', ['v2.1.0', 'v2.2.0'], 'open'],
  ] as const)(
    'refuses a version newer than %s, while the application does not say what is live',
    async (_, versions, end) => {
      const down = async () => {
        throw new ReleaseError('E_APP_DOWN', { what: 'no answer', next: 'Look.', state: 'untouched' });
      };
      const left = ({ past }: World) => past('deploy', versions, end);
      const newer = await rollBack('--to v2.2.0', { flags: inFull, live: down }, left);
      expect(newer.code).toBe('E_NOT_EARLIER');
      expect(newer.entriesOf('run.planned')).toHaveLength(1);
      const same = await rollBack('--to v2.1.0', { flags: { plan: true }, live: down }, left);
      expect(same.result?.exitCode).toBe(0);
    },
  );

  it('refuses a version that was never released, with what was', async () => {
    const { code, next } = await rollBack('--to v2.0.9', { flags: inFull });
    expect(code).toBe('E_VERSION_UNKNOWN');
    expect(next).toBe('Released before: v2.2.0, v2.1.0, v2.0.3.');
  });
});

describe('a rollback with nothing to do', () => {
  const there = { sameTree: true, live: async () => ({ version: '2.0.3', latencyMs: 1 }), flags: inFull };

  it('says so with exit 0 and begins no run', async () => {
    const { result, entriesOf } = await rollBack('--to v2.0.3', there);
    expect(result).toMatchObject({
      exitCode: 0,
      text: '  ✔ v2.0.3 is already live on production. Nothing to do.',
    });
    expect(entriesOf('run.planned')).toEqual([]);
  });

  it('is none while a run is half way: the version may run and the database be another’s', async () => {
    const { result, entriesOf } = await rollBack('--to v2.0.3', there, ({ past }) =>
      past('deploy', ['v2.0.3', 'v2.1.0'], 'failed'),
    );
    expect(result?.text).not.toContain('Nothing to do');
    expect(entriesOf('run.planned')).toHaveLength(2);
  });

  it('is none while main has another tree: the next deploy would bring it', async () => {
    const { result } = await rollBack('--to v2.0.3', { ...there, sameTree: false });
    expect(result?.text).not.toContain('Nothing to do');
  });
});

describe('a rollback with --plan', () => {
  it('shows every step, changes nothing and needs no terminal', async () => {
    const { result, asked, entriesOf } = await rollBack('--to v2.0.3', { flags: { plan: true } });
    expect(result).toMatchObject({ exitCode: 0, version: 'v2.0.3', result: { loss: null } });
    expect(result?.text).toContain('release rollback --to v2.0.3');
    expect(asked.filter((call) => /push|make/.test(call))).toEqual([]);
    expect([entriesOf('run.planned'), entriesOf('lock.acquired')]).toEqual([[], []]);
  });
});

const fix = {
  sha: '3f2a1bc'.padEnd(40, '0'),
  subject: 'Fix the login',
  author: 'Robin Example',
  at: '2025-10-01T13:00:00.000Z',
};
const following = (strategy: object) =>
  gitAlone({ environments: { production: { url: 'https://rur2.example', host: strategy } } });

describe('a fix that somebody merged since the release', () => {
  it('E-32: is named in the plan, the restore commit and the end, with commit and author', async () => {
    const line = '3f2a1bc "Fix the login" by Robin Example';
    const { result, stderr, entriesOf } = await rollBack('--to v2.0.3', {
      flags: inFull,
      later: [fix],
      runbook: gitAlone(),
    });
    expect(stderr().replace(/\s+/g, ' ')).toContain(
      `TAKES AWAY from main what no release had yet; the commits stay in its history: ${line}`,
    );
    const planned = JSON.stringify(entriesOf('run.planned').at(-1)?.data);
    expect(planned).toContain(JSON.stringify(line));
    expect(result?.text.replace(/\s+/g, ' ')).toContain(
      `taken from main with it, in no release: ${line}; back with the revert, or alone by cherry-pick`,
    );
  });

  it('E-31: the end says how the next release begins, once main has moved', async () => {
    const { result } = await rollBack('--to v2.0.3', { flags: inFull, runbook: gitAlone() });
    expect(result?.text).toContain(`git revert --no-edit ${'f'.repeat(10)}`);
    const still = await rollBack('--to v2.0.3', { flags: inFull, runbook: gitAlone(), sameTree: true });
    expect(still.result?.text).not.toContain('git revert');
  });

  it('E-32: stays on main, which never got what is left, where the host does not follow the branch', async () => {
    const only = { later: [fix], tags: [tagOf('v2.0.3')], flags: { plan: true } };
    const manual = await rollBack('--to v2.0.3', {
      ...only,
      runbook: following({ strategy: 'manual', instructions: ['Publish.'] }),
    });
    expect(manual.result?.text).toContain('never got what is left; it stays');
    expect(manual.result?.text).not.toContain('TAKES AWAY');
    expect(manual.result?.text).not.toContain('Put the tree of v2.0.3');
    const push = await rollBack('--to v2.0.3', { ...only, runbook: following({ strategy: 'push' }) });
    expect(push.result?.text).toContain('TAKES AWAY');
  });

  it('is an older one, and not named again, behind the restore commit of an earlier rollback', async () => {
    const restore = { ...fix, sha: 'r'.repeat(40), subject: 'Restore v2.0.3', restores: 'v2.0.3' };
    const { result } = await rollBack('--to v2.0.3', {
      flags: { plan: true },
      later: [restore, fix],
      runbook: gitAlone(),
    });
    expect(result?.text).not.toContain('TAKES AWAY');
  });
});

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

describe('a rollback that was agreed to', () => {
  it('waits for no gate and takes the lock over from a deploy that lives', async () => {
    const checks = [answering('app.health', 'fail')];
    const { result, asked, entriesOf } = await rollBack(
      '--to v2.0.3 --reason x',
      { flags: inFull, checks },
      ({ ledger, wired }) =>
        ledger.acquire(wired.scope, { run: 'r-9', actor: 'Lee Park', reason: 'deploys' }),
    );
    expect(entriesOf('lock.takeover')).toMatchObject([{ data: { from: 'r-9', preempt: 'rollback' } }]);
    expect(entriesOf('gate.decided')).toEqual([]);
    expect(asked).toContain('git.sync');
    expect(result).toMatchObject({ exitCode: 0, verdict: 'completed', version: 'v2.0.3' });
  });

  it('starts although the application that it mends says nothing usable', async () => {
    for (const code of ['E_APP_DOWN', 'E_HEALTH_SHAPE', 'E_NETWORK', 'E_ANSWER_TOO_LARGE'] as const) {
      const broken = async () => {
        throw new ReleaseError(code, { what: 'nothing usable', next: 'Look.', state: 'untouched' });
      };
      const { result } = await rollBack('--to v2.0.3', { flags: { plan: true }, live: broken });
      expect(result?.text).toContain('not known: the application does not answer');
    }
  });
});
