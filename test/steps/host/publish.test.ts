import { describe, expect, it } from 'vitest';
import { ReleaseError, type StepContext } from '../../../src/kit.ts';
import type { FoundPublish, HostPort, LiveVersion } from '../../../src/services/host/port.ts';
import { publish } from '../../../src/steps/host/publish.ts';
import { onlyThese } from '../../support/policy.ts';

const COMMIT = 'a'.repeat(40);
const INPUT = { env: 'production', version: '2.1.0', commitOf: 'merge-and-tag', commit: '' };

const down = new ReleaseError('E_APP_DOWN', {
  what: 'nothing answers.',
  next: 'start it',
  state: 'untouched',
});

interface Seen {
  readonly strategy?: string;
  readonly found?: FoundPublish;
  readonly live?: Partial<LiveVersion> | Error;
}

/** A host that has seen an earlier attempt. */
const makeHost = ({ strategy = 'push', found, live = {} }: Seen): Partial<HostPort> => ({
  can: () => ({ publish: true, strategy }),
  findPublish: async (_, marker) => (marker === 'r-1/publish' ? found : undefined),
  liveVersion: async () => {
    if (live instanceof Error) throw live;
    return { version: '2.0.3', latencyMs: 1, ...live };
  },
});

const context = (over: Partial<StepContext> = {}): StepContext =>
  ({ run: 'r-1', step: 'publish', facts: { 'merge-and-tag': { commit: COMMIT } }, ...over }) as StepContext;

const inspect = (seen: Seen) => publish.inspect?.(onlyThese({ host: makeHost(seen) }), INPUT, context());

describe('host.publish', () => {
  it('DAY-24: guards, then orders the commit that was merged, and lets people follow', async () => {
    const order: unknown[] = [];
    const host: Partial<HostPort> = {
      publish: async (...args) => {
        order.push(args.slice(0, 3));
        args[3]?.tell?.('1. Press Republish.');
        return { id: 'x' };
      },
    };
    const tools = context({
      guard: () => void order.push('guard'),
      tell: (said) => void order.push(said),
      signal: new AbortController().signal,
    });
    const done = await publish.run(onlyThese({ host }), INPUT, tools);
    expect(done).toEqual({ id: 'x', commit: COMMIT });
    const wanted = { version: '2.1.0', commit: COMMIT };
    expect(order).toEqual(['guard', ['production', wanted, 'r-1/publish'], '1. Press Republish.']);
  });

  it('E-78: has happened when the wanted build answers, and not when its version comes from another', async () => {
    expect(await inspect({ live: { version: '2.1.0', commit: COMMIT } })).toMatchObject({ state: 'done' });
    expect(await inspect({ live: { version: '2.1.0', commit: 'b'.repeat(40) } })).toEqual({
      state: 'absent',
    });
    expect(await inspect({})).toEqual({ state: 'absent' });
  });

  it('asks the platform’s own record first, where it keeps one', async () => {
    const found = { id: '7', said: 'the workflow runs: http://x' };
    const at = (state: FoundPublish['state']) =>
      inspect({ strategy: 'github-workflow', found: { ...found, state } });
    expect(await at('underway')).toEqual({ state: 'underway', said: found.said });
    expect(await at('accepted')).toEqual({ state: 'done', done: { id: '7', commit: COMMIT } });
    expect(await at('failed')).toEqual({ state: 'absent' });
  });

  it('does not get stuck on an application that is down where nothing is ever sent', async () => {
    expect(await inspect({ strategy: 'push', live: down })).toEqual({ state: 'absent' });
    expect(await inspect({ strategy: 'manual', live: down })).toEqual({ state: 'absent' });
    await expect(inspect({ strategy: 'command', live: down })).rejects.toBe(down);
  });
});
