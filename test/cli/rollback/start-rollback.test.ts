import { describe, expect, it } from 'vitest';
import type { Wired } from '../../../src/cli/wired.ts';
import { ReleaseError } from '../../../src/domain/failure.ts';
import { answering } from '../../support/test-wired.ts';
import { inFull, rollBack, type World } from './rollback-world.ts';

const lacks = (...names: Wired['missing'][number]['services']): Wired['missing'] => [
  { name: 'SOME_KEY', services: names },
];

describe('the order in which a rollback refuses', () => {
  it('refuses a bad version before anything else', async () => {
    const { code, asked } = await rollBack('--to 2.0', { missing: lacks() });
    expect({ code, asked }).toEqual({ code: 'E_VERSION_SHAPE', asked: [] });
  });

  it('shows the line to whoever types a version as deploy takes it', async () => {
    const told = async (words: string) => (await rollBack(words)).next;
    expect(await told('v2.0.3')).toBe('Say where to: release rollback --to v2.0.3');
    expect(await told('r-1')).toContain('Say where to with --to <version>');
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
    expect(next).toBe(
      'Its changes go out under the next number; what else would: release prepare v2.2.1 --plan',
    );
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
