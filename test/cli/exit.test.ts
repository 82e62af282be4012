import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EXIT, EXIT_MEANINGS } from '../../src/cli/exit.ts';
import { EXIT_BY_CODE, exitCodeOf } from '../../src/cli/exit-by-code.ts';

const documented = [
  ...readFileSync('docs/errors.md', 'utf8').matchAll(/^\| `(E_[A-Z_]+)` \| (\d+) \|/gm),
].map(([, code = '', exit = '']) => ({ code, exit: Number(exit) }));

describe('exit codes', () => {
  it('are those that docs/errors.md names, code by code', () => {
    expect(documented.length).toBeGreaterThan(10);
    const wrong = documented.filter(({ code, exit }) => exitCodeOf(code) !== exit);
    expect(wrong.map(({ code, exit }) => `${code}: documented ${exit}, is ${exitCodeOf(code)}`)).toEqual([]);
  });

  it('are documented once each', () => {
    const codes = documented.map(({ code }) => code);
    expect(codes.filter((code, i) => codes.indexOf(code) !== i)).toEqual([]);
    expect([...EXIT_BY_CODE.keys()].filter((code) => !codes.includes(code))).toEqual([]);
  });

  it('are all explained by release help exit-codes', () => {
    expect(EXIT_MEANINGS.map(({ code }) => code)).toEqual(Object.values(EXIT));
  });

  it('never call an unknown failure a success', () => {
    expect(exitCodeOf('E_NEVER_HEARD_OF')).toBe(1);
  });
});
