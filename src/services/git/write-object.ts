import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { gitFailed } from './run-git.ts';

type ObjectKind = 'blob' | 'tree' | 'commit' | 'tag';

/** Puts an object into the cache and gives its id. Throws E_GIT when the disk does not take it. */
export type WriteObject = (kind: ObjectKind, body: string | Buffer) => string;

type Digest = 'sha1' | 'sha256';

/** Which ids the repository has is written down where it was made. */
const readDigest = (cacheFolder: string): Digest =>
  /^\s*objectformat\s*=\s*sha256\s*$/im.test(readFileSync(join(cacheFolder, 'config'), 'utf8'))
    ? 'sha256'
    : 'sha1';

/** Whole or not at all: another process that writes the same object writes the same bytes. */
function putFile(folder: string, name: string, bytes: Buffer): void {
  const file = join(folder, name);
  if (existsSync(file)) return;
  mkdirSync(folder, { recursive: true });
  // git tidies away files of this name that a killed process has left.
  const made = join(folder, `tmp_obj_${randomBytes(6).toString('hex')}`);
  try {
    writeFileSync(made, bytes, { mode: 0o444, flag: 'wx' });
    renameSync(made, file);
  } finally {
    rmSync(made, { force: true });
  }
}

const unwritten = (kind: ObjectKind, error: unknown): Error =>
  gitFailed(`Writing a ${kind}`, { code: 1, out: '', err: String(error), tookMs: 0, timedOut: false });

/**
 * Writes objects as git itself stores single ones (gitformat "loose objects": its kind and length, a zero byte and the
 * contents, deflated, in a file that is named by the digest). To start git for each of them costs more than all the rest.
 */
export function makeObjectWriter(cacheFolder: string): WriteObject {
  let digest: Digest | undefined;
  return (kind, body) => {
    try {
      digest ??= readDigest(cacheFolder);
      const bytes = Buffer.from(body);
      const whole = Buffer.concat([Buffer.from(`${kind} ${bytes.length}\0`), bytes]);
      const id = createHash(digest).update(whole).digest('hex');
      putFile(join(cacheFolder, 'objects', id.slice(0, 2)), id.slice(2), deflateSync(whole));
      return id;
    } catch (error) {
      throw unwritten(kind, error);
    }
  };
}
