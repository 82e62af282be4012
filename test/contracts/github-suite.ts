import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isReleaseError } from '../../src/domain/failure.ts';
import type { CommitSign } from '../../src/sandbox/servers/github/repository.ts';
import type { GithubPort } from '../../src/services/github/port.ts';

/** The repository has the workflow publish.yml, which shows its inputs in the run's name, and the branch main. */
interface GithubWorld {
  readonly github: GithubPort;
  /** How many runs were started so far. */
  started(): number;
  /** The next order arrives, and its answer does not. */
  loseNextAnswer(): void;
  /** The next run waits for a person; `approve` is that person. */
  waitNext(): void;
  approve(id: string): void;
  /** Lets everything that is under way come to its end. */
  passTime(): Promise<void>;
  failNext(): void;
  addIssue(title: string, label: string, kind?: 'issue' | 'pull-request', milestone?: string): void;
  sign(commit: string, signs: readonly CommitSign[]): void;
  close(): Promise<void>;
}

const orderOf = (marker: string, ref = 'main') => ({
  workflow: 'publish.yml',
  ref,
  inputs: { version: 'v2.1.0' },
  marker,
});

/** What every GitHub port must do. */
export function describeGithubPort(name: string, open: () => Promise<GithubWorld>): void {
  describe(name, () => {
    let world: GithubWorld;
    beforeAll(async () => {
      world = await open();
    });
    afterAll(() => world.close());

    it('DAY-24: starts a workflow and follows its run to the end', async () => {
      const { github } = world;
      const begun = await github.dispatch(orderOf('r-1/publish'));
      expect(begun.status).toBe('queued');
      expect(begun.url).toMatch(/^https?:\/\//);
      expect((await github.run(begun.id)).conclusion).toBeUndefined();
      await world.passTime();
      expect(await github.run(begun.id)).toEqual({ ...begun, status: 'completed', conclusion: 'success' });
    });

    it('tells a run that failed', async () => {
      world.failNext();
      const { id } = await world.github.dispatch(orderOf('r-2/publish'));
      await world.passTime();
      expect(await world.github.run(id)).toMatchObject({ status: 'completed', conclusion: 'failure' });
    });

    it('tells a run that waits for a person', async () => {
      world.waitNext();
      const { id } = await world.github.dispatch(orderOf('r-3/publish'));
      await world.passTime();
      expect((await world.github.run(id)).status).toBe('waiting');
      world.approve(id);
      await world.passTime();
      expect(await world.github.run(id)).toMatchObject({ status: 'completed', conclusion: 'success' });
    });

    it('finds a run by its marker, and no other', async () => {
      const begun = await world.github.dispatch(orderOf('r-4'));
      await world.github.dispatch(orderOf('r-40'));
      await world.passTime();
      expect((await world.github.findRun('publish.yml', 'r-4'))?.id).toBe(begun.id);
      expect(await world.github.findRun('publish.yml', 'r-')).toBeUndefined();
      expect(await world.github.findRun('publish.yml', 'r-5')).toBeUndefined();
    });

    it('F56: finds the run whose answer was lost, and starts no second one', async () => {
      const before = world.started();
      world.loseNextAnswer();
      const run = await world.github.dispatch(orderOf('r-6'));
      expect((await world.github.findRun('publish.yml', 'r-6'))?.id).toBe(run.id);
      expect(world.started()).toBe(before + 1);
    });

    it('refuses a workflow and a branch that are not there, and starts nothing', async () => {
      const before = world.started();
      const orders = [{ ...orderOf('r-7'), workflow: 'nothing.yml' }, orderOf('r-7', 'nowhere')];
      for (const order of orders) {
        const error: unknown = await world.github.dispatch(order).catch((thrown: unknown) => thrown);
        expect(isReleaseError(error, 'E_GITHUB_REFUSED') && error.text.state).toBe('untouched');
      }
      expect(world.started()).toBe(before);
    });

    it('lists open issues with a label, without pull requests', async () => {
      world.addIssue('Login fails', 'P0');
      world.addIssue('Fix the login', 'P0', 'pull-request');
      world.addIssue('A typo', 'P3');
      expect(await world.github.openIssues('P0')).toEqual([{ number: 1, title: 'Login fails' }]);
      expect(await world.github.openIssues('P1')).toEqual([]);
      expect(await world.github.labels()).toEqual(expect.arrayContaining(['P0', 'P3']));
    });

    it('GO-02: tells the milestone of an issue', async () => {
      world.addIssue('Slow export', 'P2', 'issue', 'v2.2.0');
      expect(await world.github.openIssues('P2')).toEqual([
        { number: 4, title: 'Slow export', milestone: 'v2.2.0' },
      ]);
    });

    it('DRF-06: opens a ticket once, and finds it by its marker', async () => {
      const order = { title: 'Drift', body: 'What changed\n<!-- drift-abc -->', marker: 'drift-abc' };
      const first = await world.github.openTicket(order);
      expect(first).toMatchObject({ isNew: true, ticket: { url: expect.stringMatching(/^https?:/) } });
      expect(await world.github.openTicket(order)).toEqual({ ...first, isNew: false });
      const other = await world.github.openTicket({ ...order, body: 'drift-abcd', marker: 'drift-abcd' });
      expect(other.ticket.number).toBeGreaterThan(first.ticket.number);
    });

    it('DRF-06, F56: finds the ticket whose answer was lost, and opens no second one', async () => {
      world.loseNextAnswer();
      const order = { title: 'Drift', body: 'drift-lost', marker: 'drift-lost' };
      const opened = await world.github.openTicket(order);
      expect(await world.github.openTicket(order)).toEqual({ ...opened, isNew: false });
    });

    it('PRE-08: lists check runs and statuses of a commit, and tells what has not ended', async () => {
      const commit = 'a'.repeat(40);
      expect(await world.github.commitChecks(commit)).toEqual([]);
      world.sign(commit, [
        { kind: 'check-run', name: 'build', status: 'completed', conclusion: 'success' },
        { kind: 'check-run', name: 'e2e', status: 'in_progress' },
        { kind: 'check-run', name: 'docs', status: 'completed', conclusion: 'skipped' },
        { kind: 'check-run', name: 'lint', status: 'completed', conclusion: 'timed_out' },
        { kind: 'check-run', name: 'old', status: 'completed', conclusion: 'cancelled' },
        { kind: 'status', name: 'legacy', state: 'error' },
        { kind: 'status', name: 'queue', state: 'pending' },
      ]);
      const seen = (await world.github.commitChecks(commit)).map(({ name, state }) => `${name} ${state}`);
      expect(seen).toEqual([
        'build passed',
        'e2e open',
        'docs left-out',
        'lint failed',
        'old open',
        'legacy failed',
        'queue open',
      ]);
    });

    it('PRE-08: lists more checks than one page holds', async () => {
      const commit = 'b'.repeat(40);
      const many = Array.from({ length: 130 }, (_, i) => ({
        kind: 'status' as const,
        name: `s${i}`,
        state: 'success',
      }));
      world.sign(commit, many);
      expect(await world.github.commitChecks(commit)).toHaveLength(130);
    });

    it('CMM-12: tells how many calls of the hour are used, and asking uses none', async () => {
      const before = await world.github.limits();
      await world.github.labels();
      const { used, limit } = await world.github.limits();
      expect([used - before.used, limit]).toEqual([1, before.limit]);
    });

    it('PRE-08: refuses what is no commit', async () => {
      const error: unknown = await world.github.commitChecks('main').catch((thrown: unknown) => thrown);
      expect(isReleaseError(error, 'E_GITHUB_REFUSED')).toBe(true);
    });
  });
}
