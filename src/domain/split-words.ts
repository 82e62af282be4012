const WORD = /(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\])+/gs;
const PART = /"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)|([^\s"'\\]+)/gs;

/**
 * A command line as its words, quotes and backslashes taken away: `code --wait` or `"/opt/my editor" -w`. Nothing in it is expanded or run:
 * `$(…)`, `;` and `|` are letters of a word.
 */
export const splitWords = (line: string): readonly string[] =>
  [...line.matchAll(WORD)].map(([word]) =>
    [...word.matchAll(PART)]
      .map(
        ([, double, single, escaped, plain]) =>
          double?.replace(/\\(.)/gs, '$1') ?? single ?? escaped ?? plain ?? '',
      )
      .join(''),
  );
