import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import type typescript from 'typescript';
import { ts } from './load-typescript.ts';

interface SourceFile {
  readonly file: string;
  readonly floor: string;
  readonly text: string;
  readonly lines: number;
  readonly tree: typescript.SourceFile;
}

interface FunctionFacts {
  readonly file: string;
  readonly line: number;
  readonly name: string;
  readonly lines: number;
}

interface Import {
  readonly from: SourceFile;
  readonly to: { readonly file: string; readonly floor: string };
}

interface Parts {
  readonly imports: readonly Import[];
  readonly functions: readonly FunctionFacts[];
  /** Strings, regular expressions and the words of templates, in the order of the text. */
  readonly texts: readonly typescript.Node[];
}

/** Words that belong to the outside world, and the files that are the door to it. */
const DOORS: readonly { readonly word: RegExp; readonly allowed: RegExp }[] = [
  {
    word: /\bprocess\.env\b/,
    allowed: /^src\/(cli\/|sandbox\/|config\/secrets\.ts|services\/[a-z]+\/(child|own)-env\.ts)/,
  },
  { word: /\bprocess\.exit\b|\bprocess\.exitCode\b/, allowed: /^src\/(cli\/|sandbox\/.*process\.ts)/ },
  { word: /\bconsole\./, allowed: /^$/ },
  { word: /\bnew Date\(\)|\bDate\.now\(/, allowed: /^src\/(cli\/clock\.ts|sandbox\/)/ },
  { word: /(?<![.\w])fetch\(/, allowed: /^src\/(services\/|sandbox\/)/ },
  {
    word: /(?<![.\w])set(Timeout|Interval)\(/,
    allowed: /^src\/(cli\/clock\.ts|cli\/signals\.ts|services\/|sandbox\/|report\/terminal)/,
  },
];

const floorOf = (file: string): string => {
  if (file.startsWith('checks/')) return 'checks';
  if (/^src\/kit(\.ts|\/)/.test(file)) return 'kit';
  if (/^src\/services\/(services\.ts|[a-z]+\/port\.ts)$/.test(file)) return 'ports';
  return file.split('/')[1] ?? '';
};

function listSources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return listSources(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

function readSource(file: string): SourceFile {
  const text = readFileSync(file, 'utf8');
  const tree = ts.createSourceFile(file, text, {
    languageVersion: ts.ScriptTarget.ES2022,
    jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
  });
  return { file, floor: floorOf(file), text, lines: text.split('\n').length - 1, tree };
}

function importOf(source: SourceFile, node: typescript.Node): Import | undefined {
  const specifier = specifierOf(node);
  if (!specifier?.startsWith('.')) return undefined;
  const file = normalize(join(dirname(source.file), specifier));
  return { from: source, to: { file, floor: floorOf(file) } };
}

function specifierOf(node: typescript.Node): string | undefined {
  if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
    return ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : undefined;
  }
  if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.ImportKeyword) return undefined;
  const [first] = node.arguments;
  return first && ts.isStringLiteral(first) ? first.text : undefined;
}

function functionOf({ file, tree }: SourceFile, node: typescript.Node): FunctionFacts | undefined {
  if (!ts.isFunctionLike(node) || !('body' in node) || !node.body || !ts.isBlock(node.body)) return undefined;
  const lineAt = (position: number): number => tree.getLineAndCharacterOfPosition(position).line + 1;
  const line = lineAt(node.getStart(tree));
  const name = node.name ? node.name.getText(tree) : 'anonymous';
  return { file, line, name, lines: lineAt(node.end) - line + 1 };
}

const isText = (node: typescript.Node): boolean =>
  ts.isStringLiteral(node) ||
  ts.isRegularExpressionLiteral(node) ||
  (node.kind >= ts.SyntaxKind.FirstTemplateToken && node.kind <= ts.SyntaxKind.LastTemplateToken);

/** What stands in one file, found in one walk through it. */
function readParts(source: SourceFile): Parts {
  const parts = { imports: [] as Import[], functions: [] as FunctionFacts[], texts: [] as typescript.Node[] };
  const visit = (node: typescript.Node): void => {
    const [found, made] = [importOf(source, node), functionOf(source, node)];
    if (found) parts.imports.push(found);
    if (made) parts.functions.push(made);
    if (isText(node)) parts.texts.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source.tree);
  return parts;
}

/** Code without comments and string contents, so that prose about `fetch` is no use of it. */
function codeOnly({ text, tree }: SourceFile, texts: readonly typescript.Node[]): string {
  const starts = [0, ...texts.map((node) => node.end)];
  const code = starts.map((start, i) => text.slice(start, texts[i]?.getStart(tree))).join("''");
  // Only now, because the two slashes of an address begin no comment.
  return code.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, ' ');
}

/** True for `import type`: it is gone at run time and makes no cycle. */
const isTypeOnly = (source: SourceFile, to: string): boolean =>
  source.tree.statements.every((statement) => {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return true;
    const target = normalize(join(dirname(source.file), statement.moduleSpecifier.text));
    return target !== to || statement.importClause?.isTypeOnly === true;
  });

function findCycles(imports: readonly Import[]): string[] {
  const edges = new Map<string, string[]>();
  for (const { from, to } of imports) {
    if (!isTypeOnly(from, to.file)) edges.set(from.file, [...(edges.get(from.file) ?? []), to.file]);
  }
  const state = new Map<string, 'open' | 'closed'>();
  const cycles: string[] = [];
  const walk = (file: string, path: readonly string[]): void => {
    if (state.get(file) === 'closed') return;
    if (state.get(file) === 'open') {
      cycles.push([...path.slice(path.indexOf(file)), file].join(' → '));
      return;
    }
    state.set(file, 'open');
    for (const next of edges.get(file) ?? []) walk(next, [...path, file]);
    state.set(file, 'closed');
  };
  for (const file of edges.keys()) walk(file, []);
  return cycles;
}

/** The doors that the code of a file goes through without being one. */
function forbiddenIn(source: SourceFile, { texts }: Parts): string[] {
  const code = codeOnly(source, texts);
  return DOORS.filter((d) => d.word.test(code) && !d.allowed.test(source.file)).map(
    (d) => `${source.file} uses ${d.word.source}`,
  );
}

/** Reads the source text once and answers the questions of the house test. */
export function readHouse(folders: readonly string[]) {
  const read = folders
    .flatMap(listSources)
    .sort()
    .map(readSource)
    .map((source) => ({ source, parts: readParts(source) }));
  const imports = read.flatMap(({ parts }) => parts.imports);
  return {
    files: read.map(({ source }) => source),
    imports,
    functions: read.flatMap(({ parts }) => parts.functions),
    cycles: () => findCycles(imports),
    forbiddenWords: () => read.flatMap(({ source, parts }) => forbiddenIn(source, parts)),
  };
}
