import { join, resolve } from 'node:path';
import { writePage } from '../../report/handoff/page.ts';
import type { CliContext } from '../context.ts';
import type { MeetingFile } from './meeting.ts';

/** Each document as Markdown and as a page that works offline. Returns what was written, absolute. */
export function writeFolder(
  folder: string,
  documents: readonly MeetingFile[],
  { cwd, out }: Pick<CliContext, 'cwd' | 'out'>,
): readonly string[] {
  const place = resolve(cwd, folder);
  return documents.flatMap(({ name, title, markdown }) => {
    const [text, page] = [join(place, `${name}.md`), join(place, `${name}.html`)];
    out.file(text, `${markdown}\n`);
    out.file(page, writePage(title, markdown));
    return [text, page];
  });
}
