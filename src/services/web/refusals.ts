import { isReleaseError, ReleaseError, type StateAfter } from '../../domain/failure.ts';
import { oneLine } from '../../domain/screen-text.ts';
import { type CallFailure, readNetworkFailure } from '../call-failure.ts';

/** Failures of this machine's own way out; they say nothing about the application (style 3). */
const OURS = /^(EAI_AGAIN|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL|EMFILE|ENFILE)$/;
const BAD_CERTIFICATE = /CERT|^ERR_TLS_|^UNABLE_TO_/;

/** Whom was asked and how: what every message about a missing answer names. Never the query, it may hold a token. */
interface Asked {
  readonly url: URL;
  readonly method: string;
  /** The request goes by a proxy, so that a silence may be the proxy's. */
  readonly byProxy: boolean;
}

const sayPlace = ({ url, method }: Asked): string =>
  oneLine(`${url.protocol}//${url.host} (${method} ${url.pathname})`, 160);

function stateAfter({ method }: Asked, failure?: CallFailure): StateAfter {
  return method === 'GET' || failure?.kind === 'not-sent' ? 'untouched' : 'unclear';
}

const nextFor = (why: string, state: StateAfter): string => {
  if (BAD_CERTIFICATE.test(why))
    return 'Repair its certificate; for a certificate authority of your own set NODE_EXTRA_CA_CERTS.';
  return state === 'unclear'
    ? 'Look whether it happened all the same, then resume.'
    : 'Start the application, or look at the host’s status page.';
};

/**
 * A request without a whole answer. E_APP_DOWN when the application is the one that does not answer; E_NETWORK when it
 * may as well be the proxy or this machine, because unknown is not down. A lost write is unclear.
 */
export function noAnswer(asked: Asked, error: unknown): ReleaseError {
  if (isReleaseError(error)) return error;
  const failure = readNetworkFailure(error);
  const why = 'why' in failure ? failure.why : 'no answer';
  const state = stateAfter(asked, failure);
  if (!asked.byProxy && !OURS.test(why))
    return new ReleaseError('E_APP_DOWN', {
      what: `Nothing usable answers at ${sayPlace(asked)}: ${why}.`,
      next: nextFor(why, state),
      state,
    });
  return new ReleaseError('E_NETWORK', {
    what: `${sayPlace(asked)} could not be asked: ${why}.`,
    why: asked.byProxy
      ? 'It goes by a proxy, which may be the one that is silent.'
      : 'The way out is missing.',
    next: 'Check the network and the proxy of this machine, then try again.',
    state,
  });
}

export const answerTooLarge = (asked: Asked, most: number): ReleaseError =>
  new ReleaseError('E_ANSWER_TOO_LARGE', {
    what: `${sayPlace(asked)} answers with more than ${Math.floor(most / 1_000_000)} MB.`,
    next: 'Look at what answers there; nothing that a release asks for is that large.',
    state: stateAfter(asked),
  });

/** A request that may not be sent. Nothing of its values is shown: they may be secrets. */
export const requestRefused = (what: string, next: string): ReleaseError =>
  new ReleaseError('E_WEB_REQUEST', { what, next, state: 'untouched' });

export const noEnvironment = (env: string): ReleaseError =>
  new ReleaseError('E_NOT_CONFIGURED', {
    what: `environments.${oneLine(env, 60)} is not configured.`,
    next: 'Configure it, or name another environment.',
    state: 'untouched',
  });

/** The resolver itself failed; whether the name exists is not known. */
export const noResolver = (host: string, why: string): ReleaseError =>
  new ReleaseError('E_NETWORK', {
    what: `The name ${host} could not be looked up: ${why}.`,
    next: 'Check the DNS settings of this machine, then try again.',
    state: 'untouched',
  });
