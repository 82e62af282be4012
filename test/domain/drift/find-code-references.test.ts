import { describe, expect, it } from 'vitest';
import { findCodeReferences, isAppSource } from '../../../src/domain/drift/find-code-references.ts';

describe('the variables that a source text reads', () => {
  it.each([
    ['process.env.A', ['A']],
    ['process.env[\'A\'] ?? process.env["B"]', ['A', 'B']],
    ['process.env[`A`]', ['A']],
    ['process?.env?.A', ['A']],
    ['process\n  .env\n  .A', ['A']],
    ['import.meta.env.VITE_A', ['VITE_A']],
    ['const { A, B: mine, C = "x", ...rest } = process.env;', ['A', 'B', 'C']],
    ['const {\n  A,\n  "B": b,\n}: Env = process.env;', ['A', 'B']],
    ['const { A } = import.meta.env', ['A']],
    ['`https://\u0024{process.env.HOST}/x`', ['HOST']],
    ['const u = "http://x"; const a = process.env.A;', ['A']],
    ['process.env.B; process.env.A; process.env.B', ['A', 'B']],
    ['const { a } = process.env.B ? x : y;', ['B']],
  ])('E-64: finds those of %j', (source, names) => {
    expect(findCodeReferences(source)).toEqual(names);
  });

  it.each([
    ['// process.env.OLD'],
    ['/* process.env.OLD\n process.env.OLDER */'],
    ['/* never closed process.env.OLD'],
    ['process.env[name]'],
    ['import.meta.env.PROD && import.meta.env.MODE'],
    ['process.environment.A'],
  ])('E-64: finds none in %j', (source) => {
    expect(findCodeReferences(source)).toEqual([]);
  });

  it('E-64: tells DATABASE_URL from DATABASE_URL_STAGING', () => {
    expect(findCodeReferences('process.env.DATABASE_URL_STAGING')).toEqual(['DATABASE_URL_STAGING']);
  });

  it('reads hostile text in time that grows with its length alone', () => {
    const text = `${'/*'.repeat(100_000)}${'{'.repeat(100_000)}${'`'.repeat(99_999)}${"'".repeat(99_999)}`;
    expect(findCodeReferences(text)).toEqual([]);
  });
});

describe('the files that belong to the application', () => {
  it.each([
    ['src/server.ts', true],
    ['client/App.vue', true],
    ['server.mjs', true],
    ['src/server.test.ts', false],
    ['tests/login.ts', false],
    ['dist/server.js', false],
    ['README.md', false],
    ['types/env.d.ts', false],
  ])('%s: %s', (path, isOne) => {
    expect(isAppSource(path)).toBe(isOne);
  });
});
