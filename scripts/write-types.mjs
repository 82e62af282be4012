// The kit's types for check modules that people write beside their configuration.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import ts from 'typescript';

const SCHEMA = 'src/config/schema/index.ts';
const SHOWN = ['Runbook', 'Environment'];

function openProgram(outDir) {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
  const parsed = ts.parseJsonConfigFileContent(config, ts.sys, '.');
  const flags = { noEmit: false, declaration: true, emitDeclarationOnly: true, noCheck: true };
  return ts.createProgram(['src/kit.ts'], { ...parsed.options, ...flags, outDir });
}

/** The configuration's types written out: who writes a check has no zod, in which the schema is written. */
function expandSchema(program) {
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(SCHEMA));
  const format = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.InTypeAlias;
  const types = checker
    .getExportsOfModule(module)
    .filter(({ name }) => SHOWN.includes(name))
    .map((symbol) => [symbol.name, checker.getDeclaredTypeOfSymbol(symbol)])
    .map(([name, type]) => `export type ${name} = ${checker.typeToString(type, undefined, format)};`);
  const json = 'type JSONType = string | number | boolean | null | JSONType[] | { [key: string]: JSONType };';
  return `${[json, ...types].join('\n')}\n`;
}

/** Writes every declaration that `release-runbook/kit` reaches, without one that needs another package. */
export function writeTypes(outDir) {
  const program = openProgram(outDir);
  program.emit();
  const schema = `${outDir}/src/config/schema`;
  rmSync(schema, { recursive: true, force: true });
  const file = `${outDir}/${SCHEMA.replace(/\.ts$/, '.d.ts')}`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, expandSchema(program));
}
