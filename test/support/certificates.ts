import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** A certificate with its key, ready for a TLS server; or an authority that signs others. */
export interface MadeCertificate {
  readonly name: string;
  readonly cert: string;
  readonly key: string;
}

interface Wanted {
  /** Common name, and the DNS name it is good for. */
  readonly name: string;
  readonly from: Date;
  readonly to: Date;
  /** Default: signed by itself. */
  readonly by?: MadeCertificate;
  readonly isAuthority?: boolean;
}

// The few pieces of DER that a certificate is made of (RFC 5280).
const SEQUENCE = 0x30;
const SET = 0x31;

function tlv(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const size = Buffer.from(body.length.toString(16).padStart(4, '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | size.length]), size, body]);
}

const oid = (hex: string): Buffer => tlv(0x06, Buffer.from(hex, 'hex'));
const ECDSA_SHA256 = tlv(SEQUENCE, oid('2a8648ce3d040302'));
const COMMON_NAME = oid('550403');
const ALT_NAMES = oid('551d11');
const CONSTRAINTS = oid('551d13');
const TRUE = Buffer.from([0x01, 0x01, 0xff]);

const nameOf = (text: string): Buffer =>
  tlv(SEQUENCE, tlv(SET, tlv(SEQUENCE, COMMON_NAME, tlv(0x0c, Buffer.from(text)))));

/** GeneralizedTime, which has the whole year. */
const timeOf = (at: Date): Buffer =>
  tlv(0x18, Buffer.from(`${at.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`));

const extension = (id: Buffer, ...value: readonly Buffer[]): Buffer =>
  tlv(SEQUENCE, id, ...value.slice(0, -1), tlv(0x04, ...value.slice(-1)));

function bodyOf({ name, from, to, by, isAuthority = false }: Wanted, publicKey: KeyObject): Buffer {
  const constraints = extension(CONSTRAINTS, TRUE, tlv(SEQUENCE, ...(isAuthority ? [TRUE] : [])));
  const names = extension(ALT_NAMES, tlv(SEQUENCE, tlv(0x82, Buffer.from(name))));
  return tlv(
    SEQUENCE,
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, Buffer.from([1]), randomBytes(7)),
    ECDSA_SHA256,
    nameOf(by?.name ?? name),
    tlv(SEQUENCE, timeOf(from), timeOf(to)),
    nameOf(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    tlv(0xa3, tlv(SEQUENCE, constraints, ...(isAuthority ? [] : [names]))),
  );
}

const toPem = (der: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/(.{64})/g, '$1\n')}\n-----END CERTIFICATE-----\n`;

/** A real X.509 certificate on P-256, made here so that tests need neither files nor programs for it. */
export function makeCertificate(wanted: Wanted): MadeCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const body = bodyOf(wanted, publicKey);
  const signer = wanted.by === undefined ? privateKey : createPrivateKey(wanted.by.key);
  const signature = tlv(0x03, Buffer.from([0]), sign('sha256', body, signer));
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { name: wanted.name, cert: toPem(tlv(SEQUENCE, body, ECDSA_SHA256, signature)), key };
}
