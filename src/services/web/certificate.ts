import { isIP } from 'node:net';
import { checkServerIdentity, connect, type DetailedPeerCertificate, type TLSSocket } from 'node:tls';
import { seconds } from '../../domain/duration.ts';
import { oneLine } from '../../domain/screen-text.ts';
import { withDeadline } from './deadline.ts';
import type { CertificateFacts } from './port.ts';
import { noAnswer } from './refusals.ts';

/** What the TLS library's commonest words mean. */
const MEANINGS: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'the certificate has expired',
  CERT_NOT_YET_VALID: 'the certificate is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'the chain ends at an authority that is not trusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the chain ends at an authority that is not trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the server leaves out a certificate of its chain',
  CERT_REVOKED: 'the certificate was revoked',
};
const WRONG_NAME = 'ERR_TLS_CERT_ALTNAME_INVALID';

const bareHost = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');

/** A name as certificates write it: the common name, else the organisation. */
const sayName = (name: DetailedPeerCertificate['subject'] | undefined): string => {
  const named = [name?.CN ?? name?.O ?? []].flat().join(', ');
  return named === '' ? 'no name' : oneLine(named, 120);
};

/** All that is wrong with chain and host name. The library stops at the first; both are worth knowing at once. */
function findProblem(
  socket: TLSSocket,
  host: string,
  certificate: DetailedPeerCertificate,
): string | undefined {
  // A string in fact, whatever its type says.
  const code = socket.authorizationError === null ? '' : String(socket.authorizationError ?? '');
  const meaning = Object.hasOwn(MEANINGS, code) ? `${MEANINGS[code]} (${code})` : code;
  const chain = socket.authorized || code === WRONG_NAME ? undefined : meaning || 'the chain is not trusted';
  const name = checkServerIdentity(host, certificate) && `the certificate is not for ${host}`;
  return [chain, name].filter(Boolean).join('; ') || undefined;
}

function readFacts(socket: TLSSocket, host: string): CertificateFacts {
  const certificate = socket.getPeerCertificate(true);
  const end = Date.parse(certificate.valid_to);
  const problem = findProblem(socket, host, certificate);
  return {
    validTo: Number.isNaN(end) ? oneLine(String(certificate.valid_to), 60) : new Date(end).toISOString(),
    subject: sayName(certificate.subject),
    issuer: sayName(certificate.issuer),
    ...(problem === undefined ? {} : { problem }),
  };
}

/** Shakes hands and reads the certificate. Nothing is sent over the connection, so that none must be trusted. */
const shakeHands = (url: URL, signal: AbortSignal): Promise<CertificateFacts> =>
  new Promise((resolve, reject) => {
    const host = bareHost(url);
    const name = isIP(host) === 0 ? { servername: host } : {};
    const socket = connect({ host, port: Number(url.port || 443), rejectUnauthorized: false, ...name });
    signal.addEventListener('abort', () => socket.destroy(), { once: true });
    // Kept: an error after the handshake must not end the program.
    socket.on('error', reject);
    socket.once('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
    socket.once('secureConnect', () => {
      resolve(readFacts(socket, host));
      socket.destroy();
    });
  });

/**
 * End, names and verdict of the certificate at `url`; undefined for plain http. A bad one is told in `problem`, a
 * server without a handshake within `limitMs` throws E_APP_DOWN (ENV-03, E-61, F58).
 */
export async function readCertificate(
  url: URL,
  limitMs = seconds(10),
): Promise<CertificateFacts | undefined> {
  if (url.protocol !== 'https:') return undefined;
  try {
    return await withDeadline(limitMs, undefined, (signal) => shakeHands(url, signal));
  } catch (error) {
    throw noAnswer({ url: new URL(url.origin), method: 'TLS', byProxy: false }, error);
  }
}
