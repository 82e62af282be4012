import { NAMESPACE } from '../../domain/approvals/namespace.ts';
import { seconds } from '../../domain/duration.ts';
import type { ShellAnswer, ShellPort } from '../shell/port.ts';
import { frame } from './armour.ts';
import { withFiles } from './with-files.ts';

/** A signed text, and whose keys may have signed it. */
export interface SignedText {
  readonly text: string;
  readonly signature: string;
  /** Whoever should have signed, as in the file of allowed signers. */
  readonly principal: string;
  /** Text of the files, as ssh-keygen(1) describes them. */
  readonly allowedSigners: string;
  readonly revokedKeys: string;
  /** The key must have been good at each of these moments. */
  readonly moments: readonly Date[];
}

export type Verified =
  | { readonly isGood: true; readonly key: string }
  | { readonly isGood: false; readonly why: string };

type Ask = (args: readonly string[]) => Promise<ShellAnswer>;

/** `20251001093000`, in UTC as every time in the file: a machine's zone must not move the end of a key. */
const spellTime = (moment: Date): string => moment.toISOString().replace(/\D/g, '').slice(0, 14);

const keyIn = ({ out }: ShellAnswer): string => /SHA256:\S+/.exec(out)?.[0] ?? '';

const no = (why: string): Verified => ({ isGood: false, why });

/** Why a signature that belongs to its text is none of this person's. */
async function findWhy(
  ask: Ask,
  key: string,
  { principal }: SignedText,
  failed: ShellAnswer,
): Promise<string> {
  if (/key has expired/.test(failed.err)) return `the key ${key} has expired`;
  if (/key is not yet valid/.test(failed.err)) return `the key ${key} does not count yet`;
  const known = await ask(['find-principals', '-f', 'allowed', '-s', 'signature']);
  const others = known.code === 0 ? known.out.split('\n').filter((one) => one !== '') : [];
  if (others.includes(principal)) return `the key ${key} of ${principal} may not sign this, or was revoked`;
  if (others.length > 0) return `the key ${key} is that of ${others.join(', ')}, not of ${principal}`;
  return `the key ${key} is unknown: no line of the allowed signers has it`;
}

async function judge(ask: Ask, order: SignedText): Promise<Verified> {
  const own = await ask(['check-novalidate', '-n', NAMESPACE, '-s', 'signature']);
  if (own.code !== 0)
    return no('the signature is not of this text: something was changed, or it was made for something else');
  const key = keyIn(own);
  for (const moment of order.moments) {
    const at = ['-O', `verify-time=${spellTime(moment)}`];
    const who = ['-I', order.principal, '-n', NAMESPACE, '-s', 'signature', '-f', 'allowed', '-r', 'revoked'];
    const answer = await ask(['verify', ...who, ...at]);
    if (answer.code !== 0) return no(await findWhy(ask, key, order, answer));
  }
  return { isGood: true, key };
}

/**
 * Whether a text was signed by this person's key (`ssh-keygen -Y verify`), and with which; else the reason. Needs no network.
 */
export async function verifyText(shell: ShellPort, order: SignedText): Promise<Verified> {
  const { signature, allowedSigners: allowed, revokedKeys: revoked, text } = order;
  return withFiles({ signature: frame(signature), allowed, revoked }, (pathOf) => {
    const files = new Set(['signature', 'allowed', 'revoked']);
    const ask: Ask = ([what = '', ...args]) =>
      shell.program('ssh-keygen', ['-Y', what, ...args.map((one) => (files.has(one) ? pathOf(one) : one))], {
        timeoutMs: seconds(10),
        input: text,
        env: { LC_ALL: 'C', TZ: 'UTC' },
      });
    return judge(ask, order);
  });
}
