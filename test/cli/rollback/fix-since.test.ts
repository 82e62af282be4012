import { describe, expect, it } from 'vitest';
import { gitAlone, tagOf } from '../cli-world.ts';
import { inFull, rollBack } from './rollback-world.ts';

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
