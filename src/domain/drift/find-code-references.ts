/** Texts that a file must hold to be worth reading. */
export const REFERENCE_MARKS = ['process.env', 'import.meta.env'] as const;

const SOURCE = /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/;
const NOT_THE_APP =
  /(?:^|\/)(?:node_modules|dist|build|coverage|tests?|__tests__|e2e)\/|\.(?:test|spec|d)\.[cm]?[jt]sx?$/;

/** True for a source file of the application itself: tests and built files say nothing about its set-up. */
export const isAppSource = (path: string): boolean => SOURCE.test(path) && !NOT_THE_APP.test(path);

// Strings and templates are matched first, so that the // of an address begins no comment. A template stays whole: what
// it reads in ${…} is a reference.
const COMMENT_OR_TEXT =
  /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*(?:`|$)|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g;

const withoutComments = (source: string): string =>
  source.replace(COMMENT_OR_TEXT, (hit) => (hit.startsWith('/') ? ' ' : hit));

const NAME = '[A-Za-z_$][\\w$]*';
const HOLDER = '(?:process\\s*\\??\\.\\s*env|import\\s*\\.\\s*meta\\s*\\.\\s*env)';
const BY_DOT = new RegExp(`\\b${HOLDER}\\s*\\??\\.\\s*(${NAME})`, 'g');
const BY_BRACKET = new RegExp(`\\b${HOLDER}\\s*(?:\\?\\.)?\\s*\\[\\s*(['"\`])(${NAME})\\1\\s*\\]`, 'g');
const BY_PATTERN = new RegExp(
  `\\{([^{}]{0,4000})\\}\\s*(?::[^={};]{0,200})?=\\s*${HOLDER}(?!\\s*\\??\\.|\\s*\\[)`,
  'g',
);
const ENTRY = new RegExp(`^(?:(${NAME})|['"](${NAME})['"])\\s*(?:[:=]|$)`);

/** Names that a destructuring takes out: `A`, `B: mine`, `C = 'default'`, `'D': d`. The rest `...more` names none. */
const namesInPattern = (inner: string): string[] =>
  inner.split(',').flatMap((entry) => {
    const match = ENTRY.exec(entry.trim());
    const name = match?.[1] ?? match?.[2];
    return name === undefined ? [] : [name];
  });

/** What Vite puts into import.meta.env by itself; nobody sets it. */
const BUILT_IN = new Set(['MODE', 'DEV', 'PROD', 'SSR', 'BASE_URL']);

/**
 * Names of environment variables that a source text reads, each once and in order: `process.env.X`, `process.env['X']`,
 * `import.meta.env.X` and `const { X } = process.env`. A name that is put together while the program runs is not seen.
 */
export function findCodeReferences(source: string): readonly string[] {
  const code = withoutComments(source);
  const dotted = [...code.matchAll(BY_DOT)].map((hit) => hit[1] ?? '');
  const bracketed = [...code.matchAll(BY_BRACKET)].map((hit) => hit[2] ?? '');
  const taken = [...code.matchAll(BY_PATTERN)].flatMap((hit) => namesInPattern(hit[1] ?? ''));
  return [...new Set([...dotted, ...bracketed, ...taken])].filter((name) => !BUILT_IN.has(name)).sort();
}
