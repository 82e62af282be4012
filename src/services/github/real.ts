import type { Surroundings } from '../surroundings.ts';
import { makeGithubCaller } from './client.ts';
import { listCommitChecks } from './commit-checks.ts';
import { dispatch } from './dispatch.ts';
import { findRun } from './find-run.ts';
import { listLabels } from './list-labels.ts';
import { listOpenIssues } from './open-issues.ts';
import { openTicket } from './open-ticket.ts';
import type { GithubPort } from './port.ts';
import { limitsAnswer, runAnswer, toRun } from './shapes.ts';

/** GitHub by its REST interface, for one repository. Throws the E_GITHUB_… codes. */
export function makeGithub(surroundings: Surroundings): GithubPort {
  const ask = makeGithubCaller(surroundings);
  return {
    dispatch: async (order) => dispatch(ask, surroundings.clock, order),
    findRun: async (workflow, marker) => findRun(ask, workflow, marker),
    run: async (id) => {
      const path = `/actions/runs/${encodeURIComponent(id)}`;
      const call = { doing: `tell how run ${id} stands`, effect: 'read', path, shape: runAnswer } as const;
      return toRun((await ask(call)).answer);
    },
    openIssues: async (label) => listOpenIssues(ask, label),
    openTicket: async (order) => openTicket(ask, surroundings, order),
    limits: async () => {
      const call = { doing: 'tell its limits', effect: 'read', path: '/rate_limit', isGlobal: true } as const;
      const { limit, remaining } = (await ask({ ...call, shape: limitsAnswer })).answer.resources.core;
      return { used: limit - remaining, limit };
    },
    labels: async () => listLabels(ask),
    commitChecks: async (commit) => listCommitChecks(ask, commit),
  };
}
