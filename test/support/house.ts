import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';

interface SourceFile {
  readonly file: string;
  readonly floor: string;
  readonly text: string;
  readonly lines: number;
  readonly tree: ts.SourceFile;
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

/** Words that belong to the outside world, and the files that are the door to it. */
const DOORS: readonly { readonly word: RegExp; readonly allowed: RegExp }[] = [
  {
    word: /\bprocess\.env\b/,
    allowed: /^src\/(cli\/|sandbox\/|config\/secrets\.ts|services\/[a-z]+\/child-env\.ts)/,
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
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  return { file, floor: floorOf(file), text, lines: text.split('\n').length - 1, tree };
}

function importsOf(source: SourceFile): Import[] {
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier?.startsWith('.')) {
      const file = normalize(join(dirname(source.file), specifier));
      found.push({ from: source, to: { file, floor: floorOf(file) } });
    }
    ts.forEachChild(node, visit);
  };
  visit(source.tree);
  return found;
}

function specifierOf(node: ts.Node): string | undefined {
  if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
    return ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : undefined;
  }
  if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.ImportKeyword) return undefined;
  const [first] = node.arguments;
  return first && ts.isStringLiteral(first) ? first.text : undefined;
}

function functionsOf(source: SourceFile): FunctionFacts[] {
  const found: FunctionFacts[] = [];
  const lineAt = (position: number): number => source.tree.getLineAndCharacterOfPosition(position).line + 1;
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body && ts.isBlock(node.body)) {
      const line = lineAt(node.getStart());
      const name = node.name ? node.name.getText() : 'anonymous';
      found.push({ file: source.file, line, name, lines: lineAt(node.end) - line + 1 });
    }
    ts.forEachChild(node, visit);
  };
  visit(source.tree);
  return found;
}

/** Code without comments and string contents, so that prose about `fetch` is no use of it. */
function codeOnly(source: SourceFile): string {
  const printer = ts.createPrinter({ removeComments: true });
  // A program that is written out for somebody else is text here, like any other.
  const code = printer.printFile(source.tree).replace(/String\.raw\s*`[^`]*`/g, "''");
  return code.replace(/'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"/g, "''");
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

/** Reads the source text once and answers the questions of the house test. */
export function readHouse(folders: readonly string[]) {
  const files = folders.flatMap(listSources).sort().map(readSource);
  const imports = files.flatMap(importsOf);
  return {
    files,
    imports,
    functions: files.flatMap(functionsOf),
    cycles: () => findCycles(imports),
    forbiddenWords: () =>
      files.flatMap((source) => {
        const code = codeOnly(source);
        return DOORS.filter((d) => d.word.test(code) && !d.allowed.test(source.file)).map(
          (d) => `${source.file} uses ${d.word.source}`,
        );
      }),
  };
}
