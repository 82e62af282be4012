/** A text value of a JSON document, and where it stands between its quotes. */
export interface JsonText {
  /** Keys and positions from the top: `packages`, ``, `version`. */
  readonly path: readonly string[];
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

interface Level {
  readonly isList: boolean;
  key: string;
  isKey: boolean;
}

const open = (isList: boolean): Level => ({ isList, key: isList ? '0' : '', isKey: !isList });

function read(quoted: string): string {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return quoted.slice(1, -1);
  }
}

function step(levels: Level[], token: string): void {
  const here = levels.at(-1);
  if (token === '{' || token === '[') levels.push(open(token === '['));
  else if (token === '}' || token === ']') levels.pop();
  else if (here !== undefined && token === ',') {
    if (here.isList) here.key = String(Number(here.key) + 1);
    else here.isKey = true;
  } else if (here !== undefined && token === ':') here.isKey = false;
}

/**
 * Every text of a JSON document with its place, so that one can be replaced and all around it stays as it was written:
 * indentation, order and line ends belong to whoever keeps the file. Expects a document that parses.
 */
export function findJsonTexts(text: string): readonly JsonText[] {
  const levels: Level[] = [];
  const found: JsonText[] = [];
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const here = levels.at(-1);
    if (!token.startsWith('"')) step(levels, token);
    else if (here?.isKey) here.key = read(token);
    else
      found.push({
        path: levels.map(({ key }) => key),
        value: read(token),
        start: index + 1,
        end: index + token.length - 1,
      });
  }
  return found;
}
