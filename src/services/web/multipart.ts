import { randomUUID } from 'node:crypto';
import type { WebRequest } from './port.ts';
import { requestRefused } from './refusals.ts';

type Parts = Pick<WebRequest, 'file' | 'fields'>;

const MEDIA_TYPE = /^[\w.+-]+\/[\w.+-]+(?:; ?[\w-]+=[\w.-]+)*$/;

// The three characters that could end a quoted name or its line, as browsers write them.
const QUOTED: Readonly<Record<string, string>> = { '"': '%22', '\r': '%0D', '\n': '%0A' };
const quote = (name: string): string => `"${name.replace(/["\r\n]/g, (char) => QUOTED[char] ?? '')}"`;

/** A form with a file and fields as bytes, and the content type that names its boundary. */
export function makeMultipart({ file, fields = {} }: Parts): {
  readonly type: string;
  readonly bytes: Buffer;
} {
  if (file !== undefined && !MEDIA_TYPE.test(file.type))
    throw requestRefused('The file to upload has a type that is no media type.', 'Correct its type.');
  const boundary = `release-${randomUUID()}`;
  const head = (disposition: string, type?: string): string =>
    `--${boundary}\r\ncontent-disposition: form-data; ${disposition}\r\n${type ? `content-type: ${type}\r\n` : ''}\r\n`;
  const chunks: (string | Uint8Array)[] = [];
  for (const [name, value] of Object.entries(fields)) chunks.push(head(`name=${quote(name)}`), value, '\r\n');
  if (file !== undefined) {
    chunks.push(
      head(`name=${quote(file.field)}; filename=${quote(file.name)}`, file.type),
      file.bytes,
      '\r\n',
    );
  }
  chunks.push(`--${boundary}--\r\n`);
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    bytes: Buffer.concat(chunks.map((chunk) => Buffer.from(chunk as Uint8Array))),
  };
}
