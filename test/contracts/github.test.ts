import { expect, it } from 'vitest';
import { listTypeFaults } from '../support/conformance/typed-answers.ts';
import { GITHUB, planted } from './conform.ts';
import { describeGithubPort } from './github-suite.ts';
import { exchanges, openGithub } from './github-world.ts';

describeGithubPort('the real GitHub adapter against the wire server', async () => {
  let fails = false;
  const { server, github, passTime } = await openGithub({
    refs: ['main'],
    onDispatch: async () => {
      const conclusion = fails ? 'failure' : 'success';
      fails = false;
      return conclusion;
    },
  });
  return {
    github,
    passTime,
    started: () => server.runs().length,
    loseNextAnswer: () =>
      server.addFault({
        path: /(dispatches|issues)$/,
        method: 'POST',
        times: 1,
        answer: 'drop',
        after: true,
      }),
    waitNext: () => server.nextRun({ kind: 'waits', environment: 'production' }),
    approve: (id) => server.review(id, true),
    failNext: () => {
      fails = true;
    },
    addIssue: (title, label, kind, milestone) => server.addIssue(title, [label], kind, milestone),
    sign: (commit, signs) => server.sign(commit, signs),
    close: () => server.close(),
  };
});

it("GitHub's own types know every address and field that was answered here, and not one of nobody", () => {
  const faults = listTypeFaults(GITHUB, [...exchanges, planted('GET', '/rate_limit')]);
  expect(exchanges.length).toBeGreaterThan(15);
  expect(faults).toEqual([expect.stringMatching(/^GET .rate_limit: .*field_of_nobody.* does not exist/)]);
});
