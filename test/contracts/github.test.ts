import { describeGithubPort } from './github-suite.ts';
import { openGithub } from './github-world.ts';

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
