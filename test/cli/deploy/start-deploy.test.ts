import { describe, expect, it } from 'vitest';
import { runDeploy } from '../../../src/cli/deploy/run-deploy.ts';
import { parseWords } from '../../../src/cli/program.ts';
import { ReleaseError } from '../../../src/domain/failure.ts';
import { answering } from '../../support/test-wired.ts';
import { endOf, gitAlone, makeCliWorld, tagOf, type WantedWorld } from '../cli-world.ts';

const BRANCH = 'b'.repeat(40);
const prepared = { branches: { main: 'a'.repeat(40), 'release/v2.1.0': BRANCH }, tags: [tagOf('v2.0.3')] };
const inFull = { yes: true, env: 'production', envIsTyped: true };
const fine = answering('app.health', 'pass');
const bad = answering('database.blocking', 'fail', '1 query blocked for 48 s');
const missing = [{ name: 'NEON_API_KEY', services: ['neon' as const] }];

/** `release deploy …` with the options as the command line makes them. */
async function deploy(words: string, wanted: WantedWorld = {}) {
  const parsed = parseWords(['deploy', ...words.split(' ').filter(Boolean)], {});
  const world = makeCliWorld({ ...prepared, checks: [fine], ...wanted });
  const ended = await endOf(runDeploy(parsed.args, parsed.options, world.context, world.wired));
  return { ...world, ...ended };
}

describe('the order in which a deploy refuses', () => {
  it('refuses a bad version before anything else', async () => {
    const { code, asked } = await deploy('2.1', { missing });
    expect({ code, asked }).toEqual({ code: 'E_VERSION_SHAPE', asked: [] });
  });

  it('refuses without a terminal before it asks the world anything, and shows the line in full', async () => {
    const { code, asked, next } = await deploy('v2.1.0', { missing });
    expect({ code, asked }).toEqual({ code: 'E_CONFIRM_IN_FULL', asked: [] });
    expect(next).toBe('Say so in full: release deploy v2.1.0 --env production --yes');
  });

  it('names missing secrets before it asks the world anything', async () => {
    const { code, asked } = await deploy('v2.1.0', { missing, flags: inFull });
    expect({ code, asked }).toEqual({ code: 'E_SECRET_MISSING', asked: [] });
  });

  it('refuses on top of a run that is half way, before the world and the gate are asked', async () => {
    const world = makeCliWorld({ ...prepared, checks: [answering('x', new Error('asked'))], flags: inFull });
    await world.past('deploy', ['v2.0.3', 'v2.1.0'], 'open');
    await expect(runDeploy(['v2.1.0'], {}, world.context, world.wired)).rejects.toMatchObject({
      code: 'E_RUN_OPEN',
    });
    expect(world.asked).toEqual([]);
    expect(world.entriesOf('gate.decided')).toEqual([]);
  });

  it('names whoever is at work, before the world and the gate are asked', async () => {
    const world = makeCliWorld({ ...prepared, checks: [fine], flags: inFull });
    const claim = { run: 'r-1', actor: 'Lee Park', reason: 'deploys v2.1.0' };
    await world.ledger.acquire(world.wired.scope, claim);
    await expect(runDeploy(['v2.1.0'], {}, world.context, world.wired)).rejects.toMatchObject({
      code: 'E_LOCKED',
      message: expect.stringContaining('Lee Park'),
    });
    expect(world.asked).toEqual([]);
    expect(world.entriesOf('gate.decided')).toEqual([]);
  });

  it('goes past a holder that is certainly gone', async () => {
    const world = makeCliWorld({ ...prepared, checks: [fine], flags: { plan: true } });
    await world.ledger.acquire(world.wired.scope, { run: 'r-1', actor: 'Lee Park', reason: 'died' });
    world.store.gone.add('dana-mbp');
    expect(await runDeploy(['v2.1.0'], {}, world.context, world.wired)).toMatchObject({ exitCode: 0 });
  });

  it('says no with exit 3, why and what to type, and begins no run', async () => {
    const { result, entriesOf, asked } = await deploy('v2.1.0', { flags: inFull, checks: [fine, bad] });
    expect(result).toMatchObject({
      exitCode: 3,
      verdict: 'no-go',
      result: { because: ['database.blocking'] },
      next: ['release preflight v2.1.0 --env production'],
    });
    expect(result?.text).toContain('1 query blocked for 48 s');
    expect([entriesOf('run.planned'), entriesOf('lock.acquired')]).toEqual([[], []]);
    expect(asked).not.toContain('git.push');
  });

  it('says 4 when a check lacked its key', async () => {
    const noKey = new ReleaseError('E_SECRET_MISSING', { what: 'no key', next: '…', state: 'untouched' });
    const { result } = await deploy('v2.1.0', { flags: inFull, checks: [answering('payments.key', noKey)] });
    expect(result).toMatchObject({ exitCode: 4 });
  });

  it('does nothing when the typed name is another one', async () => {
    const { code, entriesOf, asked } = await deploy('v2.1.0', {
      terminal: { canAsk: true },
      answers: ['staging'],
    });
    expect(code).toBe('E_ANSWERED_NO');
    expect(entriesOf('run.planned')).toEqual([]);
    expect(asked).not.toContain('git.push');
  });
});

describe('the gate of a deploy', () => {
  const twice = async (
    second: string,
    between: (world: ReturnType<typeof makeCliWorld>) => Promise<void>,
    wanted: WantedWorld = {},
  ) => {
    let probes = 0;
    const counted = {
      ...fine,
      probe: async () => {
        probes += 1;
        return 'pass';
      },
    };
    const world = makeCliWorld({ ...prepared, checks: [counted], flags: { plan: true }, ...wanted });
    const plan = async (words: string) => {
      const { args, options } = parseWords(['deploy', ...words.split(' ')], {});
      return runDeploy(args, options, world.context, world.wired);
    };
    await plan('v2.1.0');
    await between(world);
    const { text } = await plan(second);
    return { probes, text };
  };

  it('E-03: takes a GO that is fresh, and says how old it is', async () => {
    const { probes, text } = await twice('v2.1.0', ({ time }) => time.advance(14 * 60_000));
    expect(probes).toBe(1);
    expect(text).toContain('preflight GO 14 min ago');
  });

  it('E-03: asks anew when the GO is too old', async () => {
    const { probes, text } = await twice('v2.1.0', ({ time }) => time.advance(45 * 60_000 + 1));
    expect(probes).toBe(2);
    expect(text).toContain('preflight GO just now, 1 check');
  });

  it('E-05: asks anew when the latest start has passed since the GO', async () => {
    const window = { days: ['Wed'], from: '10:00', to: '12:40' };
    const wanted = { runbook: gitAlone({ window }) };
    const probesAfter = async (minutes: number) =>
      (await twice('v2.1.0', ({ time }) => time.advance(minutes * 60_000), wanted)).probes;
    expect(await probesAfter(10)).toBe(1);
    expect(await probesAfter(11)).toBe(2);
  });

  it('asks anew when something is to be waived', async () => {
    const { probes } = await twice('v2.1.0 --waive app.health --reason known', async () => undefined);
    expect(probes).toBe(2);
  });

  it('never takes a waiver from an earlier run', async () => {
    const world = makeCliWorld({ ...prepared, checks: [bad], flags: { plan: true } });
    const waive = { waive: ['database.*'], reason: 'known, #12' };
    const first = await runDeploy(['v2.1.0'], waive, world.context, world.wired);
    const second = await runDeploy(['v2.1.0'], {}, world.context, world.wired);
    expect([first.exitCode, second.exitCode]).toEqual([0, 3]);
  });
});

describe('a deploy with --plan', () => {
  it('shows every step, changes nothing and needs no terminal', async () => {
    const { result, asked, entriesOf } = await deploy('v2.1.0', { flags: { plan: true } });
    expect(result).toMatchObject({ exitCode: 0, verdict: 'go', version: 'v2.1.0' });
    expect(result?.text).toContain('release deploy v2.1.0');
    expect(asked.filter((call) => /push|make/.test(call))).toEqual([]);
    expect([entriesOf('run.planned'), entriesOf('lock.acquired')]).toEqual([[], []]);
  });

  it('ends with 3 when the gate says no', async () => {
    const { result } = await deploy('v2.1.0', { flags: { plan: true }, checks: [bad] });
    expect(result).toMatchObject({ exitCode: 3 });
  });
});

describe('which version is deployed', () => {
  it('is the only one that is prepared, when none is typed', async () => {
    const { result } = await deploy('', { flags: { plan: true } });
    expect(result).toMatchObject({ version: 'v2.1.0' });
  });

  it('is said in full by a script: nobody sees which one it is before it is done', async () => {
    const { code, next, entriesOf } = await deploy('', { flags: inFull });
    expect(code).toBe('E_VERSION_MISSING');
    expect(next).toBe('Prepared: v2.1.0. Say so in full: release deploy v2.1.0 --env production --yes');
    expect(entriesOf('run.planned')).toEqual([]);
  });

  it('is for the person to say when several are prepared', async () => {
    const branches = { ...prepared.branches, 'release/v2.2.0': 'd'.repeat(40) };
    const { code, next } = await deploy('', { branches, flags: { plan: true } });
    expect(code).toBe('E_VERSION_MISSING');
    expect(next).toContain('v2.2.0, v2.1.0');
  });

  it('is refused with what is prepared when nobody has prepared it', async () => {
    const { code, next } = await deploy('v2.10.0', { flags: inFull });
    expect(code).toBe('E_VERSION_UNKNOWN');
    expect(next).toBe('Prepared and not yet live: v2.1.0. Did you mean "v2.1.0"?');
  });

  it('is nothing to do when it is live already: exit 0, no gate, no run', async () => {
    const { result, entriesOf } = await deploy('v2.1.0', {
      flags: inFull,
      tags: [tagOf('v2.1.0'), tagOf('v2.0.3')],
      live: async () => ({ version: '2.1.0', latencyMs: 1 }),
      checks: [answering('x', new Error('asked'))],
    });
    expect(result).toMatchObject({
      exitCode: 0,
      text: '  ✔ v2.1.0 is already live on production. Nothing to do.',
      result: { alreadyLive: true },
    });
    expect([entriesOf('run.planned'), entriesOf('gate.decided')]).toEqual([[], []]);
  });

  const tagged = (version: string, live: string | undefined) =>
    deploy(version, {
      flags: inFull,
      tags: [tagOf('v2.1.0'), tagOf('v2.0.3')],
      live: async () => {
        if (live !== undefined) return { version: live, latencyMs: 1 };
        throw new ReleaseError('E_APP_DOWN', { what: 'no answer', next: 'Look.', state: 'untouched' });
      },
    });

  it.each([
    [
      'taken back before: its number is used up',
      ...(['v2.1.0', '2.0.3'] as const),
      'What it brought goes out under the next number: release prepare v2.1.1.',
    ],
    [
      'older than what is live: whoever types it means to go back',
      ...(['v2.0.3', '2.1.0'] as const),
      'To go back to it: release rollback --to v2.0.3 --plan --env production',
    ],
    [
      'perhaps live, while nothing answers: publish it again',
      ...(['v2.1.0', undefined] as const),
      'If it is the one that is live: release rollback --to v2.1.0 --plan --env production. Else: What it brought goes out under the next number: release prepare v2.1.1',
    ],
  ] as const)(
    'is refused when it was tagged before, with the way that is open: %s',
    async (_, version, live, way) => {
      expect(await tagged(version, live)).toMatchObject({ code: 'E_TAG_TAKEN', next: way });
    },
  );
});

describe('a deploy that was agreed to', () => {
  it('begins its run under the lock, pushes, and ends with the facts of every step', async () => {
    const { result, asked, entriesOf, stderr } = await deploy('v2.1.0', {
      terminal: { canAsk: true },
      answers: ['production'],
    });
    expect(result).toMatchObject({
      exitCode: 0,
      verdict: 'completed',
      result: { steps: [{ name: 'merge-and-tag', status: 'done' }] },
    });
    expect(asked.filter((call) => call === 'git.push')).toHaveLength(1);
    expect(entriesOf('run.planned')).toHaveLength(1);
    expect(entriesOf('lock.released')).toHaveLength(1);
    expect(stderr()).toContain('release deploy v2.1.0');
  });
});

describe('giving an open run up', () => {
  it('needs a reason before anything is asked', async () => {
    const { code, asked } = await deploy('--abandon', { terminal: { canAsk: true } });
    expect({ code, asked }).toEqual({ code: 'E_REASON_MISSING', asked: [] });
    const { context, wired } = makeCliWorld({ flags: inFull });
    await expect(runDeploy([], { abandon: true, reason: '  ' }, context, wired)).rejects.toMatchObject({
      code: 'E_REASON_MISSING',
    });
  });

  it('leaves everything in place, frees the lock and keeps the reason', async () => {
    const world = makeCliWorld({ ...prepared, flags: inFull });
    const run = await world.past('deploy', ['v2.0.3', 'v2.1.0'], 'open');
    const options = { abandon: true, reason: 'mended by hand' };
    const result = await runDeploy([], options, world.context, world.wired);
    expect(result).toMatchObject({
      exitCode: 0,
      verdict: 'stopped',
      run,
      next: ['release rollback --to v2.0.3 --env production'],
    });
    expect(world.entriesOf('run.abandoned')).toMatchObject([{ data: { reason: 'mended by hand' } }]);
    expect(await world.ledger.holder(world.wired.scope)).toBeUndefined();
    expect(world.asked).toEqual([]);
  });

  it('F65: says what stays held back from users, and what may be', async () => {
    const world = makeCliWorld({ ...prepared, flags: inFull });
    const run = await world.past('deploy', ['v2.0.3', 'v2.1.0'], 'open');
    const held = await world.ledger.acquire(world.wired.scope, { run, actor: 'Dana Ito', reason: 'x' });
    const begun = { attempt: 1, key: 'k', inputDigest: 'd' };
    const intent = {
      id: `${run}:on`,
      run,
      step: 'maintenance-on',
      type: 'step.intent',
      data: begun,
    } as const;
    await world.ledger.append(held, intent);
    const data = { how: 'effect', done: {}, tookMs: 1 } as const;
    await world.ledger.append(held, { id: `${run}:jobs`, run, step: 'pause-jobs', type: 'step.done', data });
    await world.ledger.release(held, 'stopped');
    const result = await runDeploy([], { abandon: true, reason: 'x' }, world.context, world.wired);
    expect(result.text).toContain('▲ MAINTENANCE MAY BE ON, by the ledger: users may be locked out');
    expect(result.text).toContain('▲ background jobs are paused, by the ledger');
    expect(result.result).toMatchObject({ maintenance: 'in-doubt', jobsPaused: 'yes' });
  });

  it('is refused while nothing is open', async () => {
    const { code } = await deploy('--abandon --reason x', { flags: inFull });
    expect(code).toBe('E_NOTHING_TO_RESUME');
  });
});

describe('the plan of a deploy on the screen', () => {
  it('says where it goes back to, and that nothing earlier is there when nothing was live', async () => {
    const { result } = await deploy('v2.1.0', { flags: { plan: true } });
    expect(result?.text.replace(/\s+/g, ' ')).toContain(
      'way back not known: no version answered before this deploy',
    );
    const runbook = gitAlone();
    const later = await deploy('v2.1.0', {
      runbook,
      flags: { plan: true },
      live: async () => ({ version: '2.0.3', latencyMs: 1 }),
    });
    expect(later.result?.text.replace(/\s+/g, ' ')).toContain(
      'way back release rollback --to v2.0.3: the code again, the database is not changed',
    );
  });
});
