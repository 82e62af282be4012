/** A commit or a tag as it is stored: lines of keys, and behind an empty line its message. */
export interface ObjectText {
  /** Values of a key, in order. */
  all(key: string): readonly string[];
  readonly message: string;
}

/** Reads the text of a commit or of an annotated tag. */
export function readObjectText(body: Buffer): ObjectText {
  const text = body.toString('utf8');
  const end = text.indexOf('\n\n');
  const lines = (end < 0 ? text : text.slice(0, end)).split('\n');
  return {
    all: (key) =>
      lines.filter((line) => line.startsWith(`${key} `)).map((line) => line.slice(key.length + 1)),
    message: end < 0 ? '' : text.slice(end + 2),
  };
}

const WHEN = / (\d+) ([+-])(\d\d)(\d\d)$/;

/** The moment in a line like `Ana <ana@example.com> 1764400000 +0100`, in ISO with its own zone; empty for none. */
export function readWhen(person: string | undefined): string {
  const [, at, sign, hours, minutes] = WHEN.exec(person ?? '') ?? [];
  if (at === undefined) return '';
  const ahead = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -60 : 60);
  const local = new Date((Number(at) + ahead) * 1000);
  // A moment that no calendar has is none.
  if (Number.isNaN(local.getTime())) return '';
  return `${local.toISOString().slice(0, 19)}${sign}${hours}:${minutes}`;
}
