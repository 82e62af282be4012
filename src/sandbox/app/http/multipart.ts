import { Problem } from './problem.ts';

export interface UploadedFile {
  readonly field: string;
  /** As it was sent: never a path to write to. */
  readonly name: string;
  readonly bytes: Buffer;
}

export interface Form {
  readonly fields: ReadonlyMap<string, string>;
  readonly files: readonly UploadedFile[];
}

const MAX_PARTS = 20;
const MAX_HEADER_BYTES = 4096;
const BLANK = Buffer.from('\r\n\r\n');

const broken = (): Problem => new Problem(400, 'the form is broken');

function readBoundary(type: string | undefined): Buffer {
  const found = /^multipart\/form-data\s*;.*?\bboundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(type ?? '');
  const boundary = found?.[1] ?? found?.[2];
  if (boundary === undefined) throw new Problem(400, 'a multipart form was expected');
  return Buffer.from(`--${boundary}`, 'latin1');
}

const parameter = (header: string, name: string): string | undefined =>
  new RegExp(`;\\s*${name}="((?:[^"\\\\]|\\\\.)*)"`, 'i').exec(header)?.[1]?.replace(/\\(.)/g, '$1');

/** One part between two boundaries: `\r\n` headers, a blank line, the content, `\r\n`. */
function readPart(part: Buffer): { field: string; name: string | undefined; bytes: Buffer } {
  const end = part.indexOf(BLANK);
  if (end < 0 || end > MAX_HEADER_BYTES || part.subarray(-2).toString('latin1') !== '\r\n') throw broken();
  const headers = part.subarray(0, end).toString('utf8').split('\r\n');
  const disposition = headers.find((line) => /^content-disposition:\s*form-data\b/i.test(line)) ?? '';
  const field = parameter(disposition, 'name');
  if (field === undefined) throw broken();
  return { field, name: parameter(disposition, 'filename'), bytes: part.subarray(end + 4, -2) };
}

/** What lies between the boundaries, up to the closing one. Throws 400 when it does not come, or after 20 parts. */
function splitParts(body: Buffer, boundary: Buffer): readonly Buffer[] {
  const parts: Buffer[] = [];
  let at = body.indexOf(boundary);
  while (at >= 0) {
    const start = at + boundary.length;
    if (body.subarray(start, start + 2).toString('latin1') === '--') return parts;
    at = body.indexOf(Buffer.concat([Buffer.from('\r\n'), boundary]), start);
    if (at < 0 || parts.length === MAX_PARTS) throw broken();
    at += 2;
    parts.push(body.subarray(start, at));
  }
  throw broken();
}

/** Reads a multipart form whose length was limited before. Throws 400. */
export function readForm(type: string | undefined, body: Buffer): Form {
  const parts = splitParts(body, readBoundary(type)).map(readPart);
  const fields = parts.filter(({ name }) => name === undefined);
  return {
    fields: new Map(fields.map(({ field, bytes }) => [field, bytes.toString('utf8')])),
    files: parts.flatMap(({ field, name, bytes }) => (name === undefined ? [] : [{ field, name, bytes }])),
  };
}

/** A name that is only a name: no folder, no leading dot, nothing a shell or a header could read otherwise. */
export function plainFilename(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const plain = last
    .replace(/[^A-Za-z0-9._-]+/g, '_')
    .replace(/^[._]+/, '')
    .slice(-100);
  return plain === '' ? 'file' : plain;
}
