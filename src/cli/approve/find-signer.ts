import { findPerson } from '../../config/find-person.ts';
import type { Method } from '../../domain/approvals/method.ts';
import { ReleaseError } from '../../domain/failure.ts';
import { oneLine } from '../../domain/screen-text.ts';
import { didYouMean } from '../../domain/suggest.ts';
import type { SigningKey } from '../../services/signing/sign-text.ts';
import type { CommandOptions } from '../command.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';
import { readIdentity } from './read-identity.ts';

/** In whose name a sign-off is given, and how that is known. */
export interface Signer {
  /** Key under `people`. */
  readonly person: string;
  readonly method: Method;
  readonly by: string;
  readonly link: string;
  readonly key?: SigningKey;
}

export const notListed = (called: string, file: string, more = ''): ReleaseError =>
  new ReleaseError('E_NOT_LISTED', {
    what: `${oneLine(called, 100) || 'Whoever sits here'} is not listed under people.${more}`,
    why: 'A sign-off is given by somebody whom the runbook names, with a role.',
    next: `Look at people in ${file}, and at  git config user.email`,
    state: 'untouched',
  });

const noProof = (): ReleaseError =>
  new ReleaseError('E_ARGUMENTS', {
    what: 'What somebody else has said needs a proof.',
    next: 'Add --proof with the address of the message or the minutes.',
    state: 'untouched',
  });

function mustFind(called: string, { runbook, file }: Wired): string {
  const person = findPerson(runbook, called);
  if (person !== undefined) return person;
  throw notListed(called, file, didYouMean(called, Object.keys(runbook.people)));
}

/** A workflow of GitHub acts for the account that started it; where it ran is all that can be looked up later. */
function findWorkflow({
  env,
}: Pick<CliContext, 'env'>): { readonly login: string; readonly link: string } | undefined {
  const { GITHUB_ACTIONS, GITHUB_ACTOR, GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID } = env;
  if (GITHUB_ACTIONS !== 'true' || !GITHUB_ACTOR || !GITHUB_RUN_ID) return undefined;
  const link = `${GITHUB_SERVER_URL ?? 'https://github.com'}/${GITHUB_REPOSITORY ?? ''}/actions/runs/${GITHUB_RUN_ID}`;
  return { login: GITHUB_ACTOR, link };
}

function readProof(proof: unknown): string {
  if (typeof proof === 'string' && /^https?:\/\/\S+$/.test(proof)) return oneLine(proof, 500);
  throw noProof();
}

/** Who acts: by the key of git or of --key, by the workflow, or by what git says. Throws E_NOT_LISTED. */
async function findSelf(options: CommandOptions, context: CliContext, wired: Wired): Promise<Signer> {
  const workflow = findWorkflow(context);
  if (workflow !== undefined && options.key === undefined) {
    const { login, link } = workflow;
    return { person: mustFind(login, wired), method: 'github', by: '', link };
  }
  const { called, key } = await readIdentity(options.key, context, wired);
  const person = mustFind(called, wired);
  if (key === undefined) return { person, method: 'self-declared', by: '', link: '' };
  return { person, method: 'ssh-signed', by: '', link: '', key };
}

/** In whose name this sign-off is given. Throws E_NOT_LISTED, E_ARGUMENTS (exit 2). */
export async function findSigner(
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<Signer> {
  const self = await findSelf(options, context, wired);
  if (typeof options.for !== 'string') return self;
  const person = mustFind(options.for, wired);
  return { person, method: 'proxy', by: self.person, link: readProof(options.proof) };
}
