import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Meta {
  readonly outputs: Record<
    string,
    {
      readonly bytes: number;
      readonly imports: readonly { readonly path: string; readonly kind: string }[];
      readonly inputs: Record<string, unknown>;
    }
  >;
}

const { outputs } = JSON.parse(readFileSync('dist/meta.json', 'utf8')) as Meta;

/** Every file that is loaded before a command is chosen. */
function closureOf(file: string, seen = new Set<string>()): Set<string> {
  const output = outputs[file];
  if (output === undefined || seen.has(file)) return seen;
  seen.add(file);
  for (const { path, kind } of output.imports) if (kind === 'import-statement') closureOf(path, seen);
  return seen;
}

const closure = [...closureOf('dist/main.cjs')].map((file) => outputs[file]).filter((o) => o !== undefined);

describe('what is loaded before a command is chosen', () => {
  it('is at most 80 KB', () => {
    const bytes = closure.reduce((sum, { bytes: more }) => sum + more, 0);
    expect(bytes).toBeGreaterThan(1000);
    expect(bytes).toBeLessThanOrEqual(80 * 1024);
  });

  it('holds no package at all: help is made from the catalogue', () => {
    const packages = closure
      .flatMap(({ inputs }) => Object.keys(inputs))
      .filter((f) => f.includes('node_modules'));
    expect(packages).toEqual([]);
  });
});
