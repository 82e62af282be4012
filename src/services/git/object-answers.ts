/** An object of the cache. */
export interface GitObject {
  readonly id: string;
  readonly kind: string;
  readonly bytes: number;
  /** Missing when only its kind was asked for, or when it has more bytes than were wanted. */
  readonly body?: Buffer;
}

/** What the next answer belongs to. */
export interface Wanted {
  readonly wantsBody: boolean;
  readonly mostBytes: number;
}

const LINE_END = 10;
const FOUND = /^([0-9a-f]{40,64}) ([a-z]+) (\d+)$/;

/**
 * Reads the answers of `git cat-file --batch-command` from pieces as they come: a line for each question, and behind it
 * the object and a line end where one was asked for. `next` gives what was asked, in order.
 */
export function makeAnswerReader(
  next: () => Wanted | undefined,
  answer: (object: GitObject | undefined) => void,
): (part: Uint8Array) => void {
  let rest: Buffer = Buffer.alloc(0);
  let pieces: Buffer[] = [];
  let open: (Wanted & Required<Pick<GitObject, 'id' | 'kind' | 'bytes'>>) | undefined;
  let left = 0;

  const readLine = (): boolean => {
    const end = rest.indexOf(LINE_END);
    const wanted = next();
    if (end < 0 || wanted === undefined) return false;
    const found = FOUND.exec(rest.toString('latin1', 0, end));
    rest = rest.subarray(end + 1);
    const [, id = '', kind = '', size = '0'] = found ?? [];
    const bytes = Number(size);
    if (found === null) answer(undefined);
    else if (!wanted.wantsBody) answer({ id, kind, bytes });
    else {
      open = { ...wanted, id, kind, bytes };
      left = bytes + 1;
    }
    return true;
  };

  const readBody = (object: NonNullable<typeof open>): boolean => {
    const piece = rest.subarray(0, left);
    rest = rest.subarray(piece.length);
    left -= piece.length;
    const isWanted = object.bytes <= object.mostBytes;
    if (isWanted) pieces.push(piece);
    if (left > 0) return false;
    const { id, kind, bytes } = object;
    const body = Buffer.concat(pieces).subarray(0, bytes);
    pieces = [];
    open = undefined;
    answer({ id, kind, bytes, ...(isWanted ? { body } : {}) });
    return true;
  };

  return (part) => {
    rest =
      rest.length === 0
        ? Buffer.from(part.buffer, part.byteOffset, part.length)
        : Buffer.concat([rest, part]);
    while (open === undefined ? readLine() : readBody(open));
  };
}
