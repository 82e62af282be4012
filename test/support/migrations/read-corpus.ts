import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One labelled piece of SQL. */
export interface CorpusCase {
  readonly name: string;
  readonly sql: string;
  /** An earlier file of the same release, when there is one. */
  readonly before?: string;
  /** `rule level line:column`, in the order of the file. */
  readonly expected: readonly string[];
}

const LABEL = /^-- (case|expect|before): ?(.*)\n/;

function readCase(text: string): CorpusCase {
  const labels: Record<string, string> = {};
  let rest = text;
  for (let label = LABEL.exec(rest); label; label = LABEL.exec(rest)) {
    labels[label[1] ?? ''] = label[2] ?? '';
    rest = rest.slice(label[0].length);
  }
  const { case: name = '', expect = 'none', before } = labels;
  const expected = expect === 'none' ? [] : expect.split(', ');
  return { name, sql: rest, expected, ...(before === undefined ? {} : { before }) };
}

/** The cases of a file of the corpus: `-- case:`, `-- expect:`, sometimes `-- before:`, then the SQL. */
const readCases = (text: string): readonly CorpusCase[] =>
  text
    .split(/^(?=-- case: )/m)
    .filter((part) => part.startsWith('-- case: '))
    .map(readCase);

/** Every case by the name of its file. */
export const readCorpus = (folder: string): readonly (readonly [string, readonly CorpusCase[]])[] =>
  readdirSync(folder).map((file) => [
    file.replace('.sql', ''),
    readCases(readFileSync(join(folder, file), 'utf8')),
  ]);
