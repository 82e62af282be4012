import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Runbook } from '../../config/schema/index.ts';
import type { Candidate } from './find-place.ts';
import type { Sources } from './live-values.ts';

/** Somebody waits with a finger on the key. */
const PATIENCE_MS = 1000;

const SHAPES = ['refs/tags/v*', 'refs/heads/release/*', 'refs/remotes/*/release/*'];

/** A word that cannot be found is left out; nobody who presses a key wants to read an error. */
const orNothing = async <T>(work: Promise<readonly T[]>): Promise<readonly T[]> => work.catch(() => []);

async function readRefs(cwd: string): Promise<readonly string[]> {
  const args = ['-C', cwd, 'for-each-ref', '--format=%(refname)', ...SHAPES];
  const { stdout } = await promisify(execFile)('git', args, { timeout: PATIENCE_MS });
  return stdout.split('\n').filter(Boolean);
}

async function readRunbook(cwd: string, env: NodeJS.ProcessEnv): Promise<Runbook> {
  const { recallRunbook } = await import('../wiring/recall-runbook.ts');
  return (await recallRunbook({ cwd, file: env.RELEASE_CONFIG, env })).runbook;
}

const ABOUT = {
  environments: ({ environments }: Runbook): Candidate[] =>
    Object.entries(environments).map(([value, one]) => ({ value, about: one.url })),
  roles: ({ roles }: Runbook): Candidate[] =>
    Object.entries(roles).map(([value, one]) => ({ value, about: one.title ?? '' })),
  people: ({ people }: Runbook): Candidate[] =>
    Object.entries(people).map(([value, one]) => ({ value, about: one.name })),
};

async function readChecks(): Promise<readonly Candidate[]> {
  const { checks } = await import('../../../checks/index.ts');
  return checks.map(({ id, title }) => ({ value: id, about: title }));
}

/** The configuration above `cwd`, its checkout, and what this program is made of. */
export const makeSources = (cwd: string, env: NodeJS.ProcessEnv): Sources => ({
  named: (part) => orNothing(readRunbook(cwd, env).then((runbook) => ABOUT[part](runbook))),
  refs: () => orNothing(readRefs(cwd)),
  checks: () => orNothing(readChecks()),
  templates: async () => (await import('../../domain/template-names.ts')).TEMPLATE_NAMES,
});
