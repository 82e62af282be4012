import { NAMESPACE } from '../../domain/approvals/namespace.ts';
import { seconds } from '../../domain/duration.ts';
import { ReleaseError } from '../../domain/failure.ts';
import { oneLine } from '../../domain/screen-text.ts';
import type { ShellPort } from '../shell/port.ts';
import { takeFrameOff } from './armour.ts';
import { withFiles } from './with-files.ts';

/** A key in a file, private, or public with the other half in an agent; or the public key itself. */
export type SigningKey = { readonly path: string } | { readonly literal: string };

/** A key on a stick waits for a touch. */
const PATIENCE_MS = seconds(60);

const notSigned = (key: string, said: string): ReleaseError =>
  new ReleaseError('E_SIGNING_KEY', {
    what: `Nothing could be signed with ${oneLine(key, 200)}.`,
    why: oneLine(said, 300) || 'ssh-keygen said nothing',
    next: 'A key with a passphrase has to be in an agent (ssh-add). --key names another one.',
    state: 'untouched',
  });

/**
 * Signs a text with an SSH key (`ssh-keygen -Y sign`): base64, without its frame. The key stays where it is. Throws E_SIGNING_KEY
 * where the key cannot be used.
 */
export async function signText(shell: ShellPort, key: SigningKey, text: string): Promise<string> {
  const files: Record<string, string> = 'literal' in key ? { 'key.pub': `${key.literal}\n` } : {};
  return withFiles(files, async (pathOf) => {
    const path = 'path' in key ? key.path : pathOf('key.pub');
    const answer = await shell.program('ssh-keygen', ['-Y', 'sign', '-n', NAMESPACE, '-f', path], {
      timeoutMs: PATIENCE_MS,
      input: text,
      env: { LC_ALL: 'C' },
    });
    const signature = answer.code === 0 ? takeFrameOff(answer.out) : undefined;
    if (signature !== undefined) return signature;
    throw notSigned('path' in key ? key.path : 'the key of user.signingKey', answer.err);
  });
}
