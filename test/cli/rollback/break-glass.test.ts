import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runLedger } from '../../../src/cli/ledger/run-ledger.ts';
import { parseWords } from '../../../src/cli/program.ts';
import { runRollback } from '../../../src/cli/rollback/run-rollback.ts';
import { ReleaseError } from '../../../src/domain/failure.ts';
import { findLive, foldRuns } from '../../../src/ledger/fold.ts';
import { endOf, gitAlone, makeCliWorld, tagOf, type WantedWorld } from '../cli-world.ts';

const inFull = { yes: true, env: 'production', envIsTyped: true };
const origin = {
  branches: { main: 'a'.repeat(40) },
  tags: [tagOf('v2.2.0'), tagOf('v2.1.0'), tagOf('v2.0.3')],
};
const live = async () => ({ version: '2.1.0', latencyMs: 1 });
const GLASS = ['--to', 'v2.0.3', '--break-glass', '--reason', 'error rate 6 %'];

const away = (): never => {
  throw new ReleaseError('E_LEDGER_UNREACHABLE', {
    what: 'The ledger on origin could not be reached.',
    next: 'Look at the network.',
    state: 'untouched',
  });
};

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'release-glass-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const spoolFolder = () => join(root, '.release/state/break-glass/rur2');
const journal = () => readFileSync(join(spoolFolder(), 'production/journal.jsonl'), 'utf8');

/** A world whose ledger is away until `back` is called. */
function openWorld(wanted: WantedWorld = {}) {
  const world = makeCliWorld({ command: 'rollback', ...origin, live, flags: inFull, ...wanted });
  const { ledger, context } = world;
  const wired = { ...world.wired, root };
  const { read, note, holder } = ledger;
  Object.assign(ledger, { read: away, note: away, holder: away });
  return {
    ...world,
    wired,
    back: () => Object.assign(ledger, { read, note, holder }),
    rollBack: (words: readonly string[]) => {
      const { args, options } = parseWords(['rollback', ...words], {});
      return endOf(runRollback(args, options, context, wired));
    },
    sync: (words: readonly string[] = []) => {
      const { args, options } = parseWords(['ledger', 'sync', ...words], {});
      return endOf(runLedger(args, options, context, wired));
    },
  };
}

describe('a rollback while the ledger is away', () => {
  it('F76: is refused with the way on that it has', async () => {
    const { rollBack, asked } = openWorld();
    const { code, next } = await rollBack(['--to', 'v2.0.3']);
    expect(code).toBe('E_LEDGER_UNREACHABLE');
    expect(next).toContain('release rollback --to v2.0.3 --break-glass --reason "…" --env production');
    expect(asked.filter((call) => call.includes('push'))).toEqual([]);
  });

  it('F76: goes back with --break-glass, recorded on this machine, and says that nobody holds the lock', async () => {
    const { rollBack, asked, stderr, entriesOf } = openWorld();
    const { result } = await rollBack(GLASS);
    expect(result).toMatchObject({ exitCode: 0, verdict: 'completed', version: 'v2.0.3' });
    expect(asked).toContain('git.push');
    expect(stderr()).toContain('the lock is NOT held');
    expect(stderr()).toContain('The ledger on origin could not be reached.');
    expect(result?.next).toContain('release ledger sync --env production');
    expect(result?.warnings.join(' ')).toContain('on this machine alone');
    expect(entriesOf('run.planned')).toEqual([]);
    const types = journal()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).type);
    expect(types).toEqual(expect.arrayContaining(['fact', 'run.planned', 'step.intent', 'run.finished']));
  });

  it('carries the whole plan out although the version seems to be there: nobody knows what is half way', async () => {
    const there = { sameTree: true, live: async () => ({ version: '2.0.3', latencyMs: 1 }) };
    const { result } = await openWorld(there).rollBack(GLASS);
    expect(result?.text).not.toContain('Nothing to do');
    expect(journal()).toContain('"run.planned"');
  });

  it('shows its plan without writing anything', async () => {
    const { result } = await openWorld({ flags: { plan: true } }).rollBack(GLASS);
    expect(result).toMatchObject({ exitCode: 0 });
    expect(existsSync(join(root, '.release'))).toBe(false);
  });

  it('needs a reason, and knows no lock to wait for or to take', async () => {
    const { rollBack } = openWorld();
    expect((await rollBack(['--to', 'v2.0.3', '--break-glass'])).code).toBe('E_REASON_MISSING');
    expect((await rollBack([...GLASS, '--takeover'])).code).toBe('E_FLAG_REFUSED');
    expect((await rollBack([...GLASS, '--wait', '5m'])).code).toBe('E_FLAG_REFUSED');
  });

  it('says how a script agrees, with the glass in the line', async () => {
    const { code, next } = await openWorld({ flags: {} }).rollBack(GLASS);
    expect(code).toBe('E_CONFIRM_IN_FULL');
    expect(next).toContain('--to v2.0.3 --break-glass --reason "…" --env production --yes');
  });

  it('says what is left to do when the remote of the code is away as well', async () => {
    const world = openWorld();
    const dead = async (): Promise<never> => {
      throw new ReleaseError('E_GIT', { what: 'No answer.', next: 'Look.', state: 'untouched' });
    };
    Object.assign(world.wired.services.git, { sync: dead });
    const { code, next } = await world.rollBack(GLASS);
    expect(code).toBe('E_CODE_AWAY');
    expect(next).toContain("in the host's own console");
  });

  const dead = async (): Promise<never> => {
    throw new ReleaseError('E_GIT', { what: 'No answer.', next: 'Look.', state: 'untouched' });
  };
  /** What this machine saw last: tags, and main. */
  const lastSeen = {
    at: '2025-10-01T13:50:00.000Z',
    names: {
      branchTip: async () => 'a'.repeat(40),
      tag: async (version: string) => origin.tags.find((one) => one.version === version),
      versions: async () => origin.tags.map(({ version }) => version),
      branches: async () => [],
    },
  };

  it('F76: does all that needs no remote, and ends with 7 and the line for main', async () => {
    const world = openWorld({ runbook: gitAlone(), lastSeen });
    Object.assign(world.wired.services.git, { sync: dead });
    const { result } = await world.rollBack(GLASS);
    expect(result).toMatchObject({ exitCode: 7, verdict: 'unsafe' });
    expect(world.stderr()).toContain('tags as this machine saw them on Wed 1 Oct 09:50 EDT');
    // Nothing runs the code here, so nothing is said to be back.
    expect(result?.text).toContain('production is not known to be good');
    expect(result?.text).toContain('commit-tree');
    expect(result?.next[0]).toBe('release rollback --break-glass --resume --reason "…" --env production');
    expect(world.asked).not.toContain('git.push');
  });

  it('F76: names a version that was released elsewhere, whose migrations it cannot know', async () => {
    const tags = origin.tags.filter(({ version }) => version !== 'v2.1.0');
    const tag = async (version: string) => tags.find((one) => one.version === version);
    const seen = { ...lastSeen, names: { ...lastSeen.names, tag } };
    const world = openWorld({ flags: { plan: true }, lastSeen: seen });
    Object.assign(world.wired.services.git, { sync: dead });
    const { result } = await world.rollBack(GLASS);
    expect(result?.text).toContain('v2.1.0 was never seen on this machine');
  });

  it('is no way for a deploy', () => {
    expect(() => parseWords(['deploy', 'v2.2.0', '--break-glass'], {})).toThrow('--break-glass');
  });
});

describe('a ledger that is there', () => {
  it('is no glass to break; that somebody asked is recorded', async () => {
    const { rollBack, back, entriesOf } = openWorld();
    back();
    const { code } = await rollBack(GLASS);
    expect(code).toBe('E_GLASS_WHOLE');
    expect(entriesOf('fact')).toMatchObject([
      { data: { name: 'break-glass-refused', value: { reason: 'error rate 6 %' } } },
    ]);
    expect(existsSync(join(root, '.release'))).toBe(false);
  });

  it('is gone past when it can be read and takes no entry', async () => {
    const { rollBack, back, ledger } = openWorld();
    back();
    Object.assign(ledger, { note: away });
    expect((await rollBack(GLASS)).result).toMatchObject({ exitCode: 0, verdict: 'completed' });
  });

  it('is not gone past when only a newer program can read it', async () => {
    const { rollBack, ledger } = openWorld();
    const newer = async () => {
      throw new ReleaseError('E_LEDGER_NEWER', { what: 'Newer.', next: 'Update.', state: 'untouched' });
    };
    Object.assign(ledger, { read: newer });
    expect((await rollBack(GLASS)).code).toBe('E_LEDGER_NEWER');
  });
});

describe('release ledger sync', () => {
  it('F76: brings the rollback into the ledger once, with its own time and host', async () => {
    const world = openWorld();
    await world.rollBack(GLASS);
    const then = world.wired.clock.now().toISOString();
    world.back();
    await world.time.advance(3_600_000);
    const { result } = await world.sync();
    expect(result?.text).toContain('with their own times');
    const events = await world.ledger.read(world.wired.scope);
    const [run] = foldRuns(events);
    expect(run).toMatchObject({
      end: 'completed',
      startedAt: then,
      host: 'dana-mbp',
      request: { reason: 'error rate 6 % (break-glass: without the ledger and its lock)' },
    });
    expect(findLive(foldRuns(events))).toMatchObject({ version: 'v2.0.3' });
    expect(events.filter(({ type }) => type === 'lock.acquired')).toHaveLength(1);
    expect((await world.sync()).result?.result).toEqual({ brought: 0 });
    expect(readdirSync(spoolFolder())).toEqual([expect.stringContaining('production.synced-')]);
  });

  it('keeps the rollback behind what came after it, so that the later version counts as live', async () => {
    const world = openWorld();
    await world.rollBack(GLASS);
    world.back();
    await world.time.advance(3_600_000);
    await world.past('deploy', ['v2.0.3', 'v2.2.0']);
    await world.sync();
    const runs = foldRuns(await world.ledger.read(world.wired.scope));
    expect(runs.map(({ plan }) => plan.command)).toEqual(['rollback', 'deploy']);
    expect(findLive(runs)).toMatchObject({ version: 'v2.2.0' });
  });

  it('brings an interrupted rollback, which then goes on from the ledger', async () => {
    const world = openWorld({ runbook: gitAlone() });
    world.stop.request();
    const stopped = await world.rollBack(GLASS);
    expect(stopped.result?.next[0]).toContain('release rollback --break-glass --resume');
    world.back();
    await world.sync();
    const runs = foldRuns(await world.ledger.read(world.wired.scope));
    expect(runs).toMatchObject([{ end: 'paused' }]);
  });

  it('says so when there is nothing to bring, and changes nothing with --plan', async () => {
    const world = openWorld();
    world.back();
    expect((await world.sync()).result?.text).toContain('Nothing was recorded');
    Object.assign(world.ledger, { read: away, note: away });
    await world.rollBack(GLASS);
    world.back();
    const { options } = parseWords(['ledger', 'sync'], {});
    const planning = { ...world.context, flags: { ...world.context.flags, plan: true } };
    const { result } = await endOf(runLedger(['sync'], options, planning, world.wired));
    expect(result?.text).toMatch(/\d+ entries would be brought from this machine/);
    expect(await world.ledger.read(world.wired.scope)).toEqual([]);
  });

  it('waits for no ledger: it is refused while that is away, and the spool stays', async () => {
    const world = openWorld();
    await world.rollBack(GLASS);
    expect((await world.sync()).code).toBe('E_LEDGER_UNREACHABLE');
    expect(existsSync(join(spoolFolder(), 'production/journal.jsonl'))).toBe(true);
  });
});
