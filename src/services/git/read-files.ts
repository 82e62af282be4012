import { randomUUID } from 'node:crypto';
import { ReleaseError } from '../../domain/failure.ts';
import { oneLine } from '../../domain/screen-text.ts';
import { checkPath, checkSha } from './names.ts';
import { gitFailed, type RunGit } from './run-git.ts';

type Text = string | undefined;

/** So that a search through a large repository does not hold all of it at once. */
const MOST_AT_ONCE = 200;

const FOUND = 'blob\n';

/** The texts of objects like `<commit>:<path>`, in one process; undefined for what is no file there. */
async function readObjects(run: RunGit, names: readonly string[]): Promise<readonly Text[]> {
  // Around each object an answer that nobody could have written into a file: contents end where it stands, and of
  // an output that was too long to keep the first one is missing.
  const end = `end-${randomUUID()}`;
  const input = [end, ...names.flatMap((name) => [name, end]), ''].join('\n');
  const answer = await run(['cat-file', '--batch=%(objecttype)'], { input });
  const [ahead, ...pieces] = answer.out.split(`${end} missing\n`);
  if (answer.code !== 0) throw gitFailed('Reading files', answer);
  if (ahead !== '' || pieces.length !== names.length + 1) return readHalves(run, names);
  return names.map((_, i) => {
    const piece = pieces[i] ?? '';
    return piece.startsWith(FOUND) ? piece.slice(FOUND.length, -1) : undefined;
  });
}

async function readHalves(run: RunGit, names: readonly string[]): Promise<readonly Text[]> {
  if (names.length === 1) throw tooLarge(names[0] ?? '');
  const middle = Math.ceil(names.length / 2);
  const halves = [names.slice(0, middle), names.slice(middle)];
  return (await Promise.all(halves.map((half) => readObjects(run, half)))).flat();
}

const tooLarge = (name: string): ReleaseError =>
  new ReleaseError('E_GIT', {
    what: `${oneLine(name.slice(name.indexOf(':') + 1), 200)} is too large to be read.`,
    why: 'Half of a file would be taken for the whole.',
    next: 'Look at what was committed there.',
    state: 'untouched',
  });

interface Asked {
  readonly found: Promise<Text>;
  readonly answer: (text: Promise<Text>) => void;
}

function ask(): Asked {
  let answer: Asked['answer'] = () => undefined;
  const found = new Promise<Text>((resolve) => {
    answer = resolve;
  });
  return { found, answer };
}

function answerAll(run: RunGit, asked: readonly (readonly [string, Asked])[]): void {
  for (let start = 0; start < asked.length; start += MOST_AT_ONCE) {
    const some = asked.slice(start, start + MOST_AT_ONCE);
    const texts = readObjects(
      run,
      some.map(([name]) => name),
    );
    some.forEach(([, one], i) => {
      one.answer(texts.then((all) => all[i]));
    });
  }
}

/** Reads files of commits. What is asked for in the same moment, by whomever, is read by one process. */
export function makeFileReader(run: RunGit): (commit: string, path: string) => Promise<Text> {
  let waiting = new Map<string, Asked>();
  const flush = (): void => {
    const asked = [...waiting];
    waiting = new Map();
    answerAll(run, asked);
  };
  return async (commit, path) => {
    // An object is named by a line; a name of two lines would be two.
    if (checkPath(path).includes('\n')) return undefined;
    const name = `${checkSha(commit)}:${path}`;
    if (waiting.size === 0) setImmediate(flush);
    const asked = waiting.get(name) ?? ask();
    waiting.set(name, asked);
    return asked.found;
  };
}
