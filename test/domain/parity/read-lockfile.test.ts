import { describe, expect, it } from 'vitest';
import { readLockfile } from '../../../src/domain/parity/read-lockfile.ts';

const read = (lock: unknown) => readLockfile(JSON.stringify(lock), 'package-lock.json');

describe('a lockfile', () => {
  it('E-53: tells the version of every package at the top, also of those for development', () => {
    const packages = {
      '': { name: 'rur2', version: '2.1.0' },
      'node_modules/zod': { version: '3.24.1' },
      'node_modules/@types/pg': { version: '8.11.0', dev: true },
      'node_modules/zod/node_modules/ms': { version: '1.0.0' },
      'node_modules/client': { resolved: 'client', link: true },
      client: { version: '2.1.0' },
    };
    expect(read({ lockfileVersion: 3, packages })).toEqual({
      zod: { version: '3.24.1', dev: false },
      '@types/pg': { version: '8.11.0', dev: true },
    });
  });

  it('may be one of npm 6', () => {
    const dependencies = {
      zod: { version: '3.23.8', requires: {} },
      vitest: { version: '4.0.0', dev: true },
    };
    expect(read({ lockfileVersion: 1, dependencies })).toEqual({
      zod: { version: '3.23.8', dev: false },
      vitest: { version: '4.0.0', dev: true },
    });
  });

  it.each(['', 'lockfileVersion: 9', '[]', '{}', '{"packages":[]}'])('is none: %s', (text) => {
    expect(() => readLockfile(text, 'app/package-lock.json')).toThrow(
      'app/package-lock.json is not a lockfile',
    );
  });
});
