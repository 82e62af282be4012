import { ReleaseError } from '../../domain/failure.ts';

type KeyMode = 'live' | 'test' | 'not-a-secret-key';

const SECRET_KEY = /^(?:sk|rk)_(live|test)_./;

/** What a key's prefix claims. Publishable keys and anything else are no secret key (T29). */
export function readKeyMode(key: string): KeyMode {
  const mode = SECRET_KEY.exec(key)?.[1];
  return mode === 'live' || mode === 'test' ? mode : 'not-a-secret-key';
}

/** Stops before a call that changes anything with a key of the wrong mode: staging must never touch real money. */
export function refuseWrongMode(env: string, found: KeyMode, wanted: 'live' | 'test', keyName: string): void {
  if (found === wanted) return;
  const what =
    found === 'not-a-secret-key' ? 'What is configured is no secret key of Stripe' : `A ${found} key`;
  throw new ReleaseError('E_STRIPE_MODE', {
    what: `${what}, but ${env} needs a ${wanted} key.`,
    why: 'A live key outside production moves real money; a test key in production takes none.',
    next: `Put the ${wanted} key into ${keyName}.`,
    state: 'untouched',
  });
}
