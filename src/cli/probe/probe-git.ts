import { isReleaseError } from '../../domain/failure.ts';
import { probeRemote } from '../../services/git/probe-remote.ts';
import { makeShell } from '../../services/shell/real.ts';
import type { Wired } from '../wired.ts';
import { gitOptionsOf } from '../wiring/git-options.ts';
import { judgeRemote } from './judge-remote.ts';
import type { ProbeFinding } from './probe-finding.ts';

/** Where a ledger may lie, the usual place first. */
const PLACES = ['refs/release/', 'refs/heads/release-ledger/'];

/** Asks the host of the code for what a release pushes. A place that the configuration names comes first. */
export async function probeGit({
  runbook,
  root,
  environment,
  clock,
}: Wired): Promise<readonly ProbeFinding[]> {
  const wanted = environment.ledger.refs;
  const prefixes = [wanted, ...PLACES.filter((one) => one !== wanted)];
  const at = clock.now().toISOString();
  try {
    const answer = await probeRemote(gitOptionsOf(runbook, root, makeShell(root)), prefixes, at);
    return judgeRemote(answer, wanted);
  } catch (error) {
    if (!isReleaseError(error)) throw error;
    const { what: said, next } = error.text;
    return [{ service: 'git', id: 'git.ledger-place', outcome: 'unknown', said, next }];
  }
}
