import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

// A small part of the usual work: a watch that goes sixty times as fast logs in thirty times a second, on machines with two
// cores, and must come to its next round in time.
const COST = 256;
const KEY_BYTES = 32;

const derive = (password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(password, salt, KEY_BYTES, options, (error, key) => (error ? reject(error) : resolve(key)));
  });

/** `scrypt$<cost>$<salt>$<key>`, salt and key in base64. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, { N: COST });
  return `scrypt$${COST}$${salt.toString('base64')}$${key.toString('base64')}`;
}

const HASH = /^scrypt\$(\d{1,6})\$([A-Za-z0-9+/=]{1,64})\$([A-Za-z0-9+/=]{44})$/;

// Somebody who does not exist takes as long to refuse as somebody who does.
const NOBODY = `scrypt$${COST}$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=`;

/** True when the password belongs to the hash. No hash, or one that is none, is never right. */
export async function isPassword(password: string, hash: string | undefined): Promise<boolean> {
  const found = HASH.exec(hash ?? '');
  const [, cost = '', salt = '', key = ''] = found ?? HASH.exec(NOBODY) ?? [];
  const derived = await derive(password, Buffer.from(salt, 'base64'), { N: Number(cost) });
  return timingSafeEqual(derived, Buffer.from(key, 'base64')) && found !== null;
}
