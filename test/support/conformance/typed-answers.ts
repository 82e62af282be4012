import { resolve } from 'node:path';
import type typescript from 'typescript';
import type { Exchange } from '../../../src/sandbox/servers/router.ts';
import { ts } from '../load-typescript.ts';

/** Which of a vendor's own types the good answers of an address have. */
export interface Described {
  readonly method: string;
  readonly path: RegExp;
  readonly type: string;
}

const FILE = resolve('test/support/conformance/answers.ts');
// A stand-in says what is read: whatever is left out is no fault, whatever is said must be known. What is an enum to
// TypeScript is a text on the wire.
const HEAD = `type Known<T> = T extends readonly (infer U)[] ? readonly Known<U>[]
: T extends object ? { readonly [K in keyof T]?: Known<T[K]> } : T extends string ? \`\${T}\` : T;`;
/** Lines of the head. */
const FIRST = HEAD.split('\n').length;

const OPTIONS: typescript.CompilerOptions = {
  ...{ strict: true, noEmit: true, skipLibCheck: true, types: [] },
  ...{ target: ts.ScriptTarget.ES2022, lib: ['lib.es2022.d.ts'], module: ts.ModuleKind.NodeNext },
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
};

function listErrors(text: string): readonly typescript.Diagnostic[] {
  const host = ts.createCompilerHost(OPTIONS);
  const { getSourceFile, fileExists } = host;
  // Vendors' files are documentation for the greatest part.
  host.jsDocParsingMode = ts.JSDocParsingMode.ParseNone;
  host.fileExists = (name) => name === FILE || fileExists.call(host, name);
  const as = { languageVersion: ts.ScriptTarget.ES2022, impliedNodeFormat: ts.ModuleKind.ESNext } as const;
  host.getSourceFile = (name, ...how) =>
    name === FILE ? ts.createSourceFile(name, text, as) : getSourceFile.call(host, name, ...how);
  const program = ts.createProgram([FILE], OPTIONS, host);
  return program.getSemanticDiagnostics(program.getSourceFile(FILE));
}

/** One good answer, and what it is an answer to. */
interface Said {
  readonly where: string;
  readonly type: string | undefined;
  readonly json: string;
}

const listSaid = (described: readonly Described[], exchanges: readonly Exchange[]): readonly Said[] =>
  exchanges.flatMap(({ call: { method, path }, answer }) => {
    if (typeof answer === 'string' || answer.status >= 300 || answer.json === undefined) return [];
    const known = described.find((one) => one.method === method && one.path.test(path));
    return [{ where: `${method} ${path}`, type: known?.type, json: JSON.stringify(answer.json) }];
  });

const sayError = ({ messageText }: typescript.Diagnostic): string =>
  ts.flattenDiagnosticMessageText(messageText, ' ');

/** Everything in good answers that the vendor's own types do not know: an address, a field, a value of another type. */
export function listTypeFaults(
  described: readonly Described[],
  exchanges: readonly Exchange[],
): readonly string[] {
  const said = listSaid(described, exchanges);
  const strange = said
    .filter(({ type }) => type === undefined)
    .map(({ where }) => `${where} is not described`);
  const typed = [
    ...new Map(said.filter(({ type }) => type).map((one) => [`${one.type}${one.json}`, one])).values(),
  ];
  const lines = typed.map(({ type, json }, i) => `export const a${i}: Known<${type}> = ${json};`);
  const errors = listErrors([HEAD, ...lines].join('\n')).map((error) => {
    const line = error.file?.getLineAndCharacterOfPosition(error.start ?? 0).line ?? 0;
    return `${typed[line - FIRST]?.where ?? 'the types'}: ${sayError(error)}`;
  });
  return [...new Set([...strange, ...errors])];
}
