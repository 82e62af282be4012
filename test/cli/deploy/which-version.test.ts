import { describe, expect, it } from 'vitest';
import { ReleaseError } from '../../../src/domain/failure.ts';
import { answering } from '../../support/test-wired.ts';
import { tagOf } from '../cli-world.ts';
import { deploy, inFull, prepared } from './deploy-world.ts';

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
      'Its changes go out under the next number; what else would: release prepare v2.1.1 --plan',
    ],
    [
      'older than what is live: whoever types it means to go back',
      ...(['v2.0.3', '2.1.0'] as const),
      'To go back to it: release rollback --to v2.0.3 --plan --env production',
    ],
    [
      'perhaps live, while nothing answers: publish it again',
      ...(['v2.1.0', undefined] as const),
      'If it is the one that is live: release rollback --to v2.1.0 --plan --env production. Else: Its changes go out under the next number; what else would: release prepare v2.1.1 --plan',
    ],
  ] as const)(
    'is refused when it was tagged before, with the way that is open: %s',
    async (_, version, live, way) => {
      expect(await tagged(version, live)).toMatchObject({ code: 'E_TAG_TAKEN', next: way });
    },
  );
});
