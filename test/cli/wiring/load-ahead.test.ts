import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadAhead } from '../../../src/cli/wiring/load-ahead.ts';
import type { ServiceName } from '../../../src/services/services.ts';
import { failureOf } from '../../support/failure-of.ts';

const having = (...services: ServiceName[]) => ({ configured: new Set(services) });
const missing = (code: string) => Object.assign(new Error('gone'), { code });

/**
 * Loaded before a run begins, or by no run: questions to people, checks of one's own, a configuration's first reading,
 * letters, which only `release notify` sends.
 */
const NOT_IN_A_RUN = ['@inquirer/confirm', '@inquirer/input', '@inquirer/select', 'jiti', 'nodemailer'];

function listLate(): string[] {
  const files = ['services', 'steps', 'engine', 'report', 'cli'].flatMap((floor) =>
    readdirSync(join('src', floor), { recursive: true, encoding: 'utf8' }).map((file) =>
      join('src', floor, file),
    ),
  );
  const sources = files.filter((file) => file.endsWith('.ts') && !file.endsWith('load-ahead.ts'));
  const names = sources.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\bimport\('([^'.][^']*)'\)/g)].map((match) => match[1] ?? ''),
  );
  return [...new Set(names)].filter((name) => !NOT_IN_A_RUN.includes(name)).sort();
}

describe('what is loaded before a lock is taken', () => {
  it('F79: is every library that the program otherwise loads at its first use', () => {
    const ahead = readFileSync('src/cli/wiring/load-ahead.ts', 'utf8');
    const late = listLate();
    expect(late).toContain('execa');
    expect(late.filter((name) => name !== 'pg' && !ahead.includes(`import('${name}')`))).toEqual([]);
    expect(ahead).toContain('importPg');
  });

  it('is what the environment has and the run may touch, and what every run needs', async () => {
    const loaded: string[] = [];
    const load = (name: string) => async () => loaded.push(name);
    const parts = [
      ['any', load('shell')],
      ['neon', load('neon')],
      ['stripe', load('stripe')],
    ] as const;
    await loadAhead(having('neon'), [], parts);
    await loadAhead(having('neon', 'stripe'), ['neon'], parts);
    expect(loaded).toEqual(['shell', 'neon', 'shell', 'stripe']);
  });

  it.each(['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND', 'ENOENT'])(
    'F79: refuses before anything is done when a part is gone by then (%s)',
    async (code) => {
      const error = await failureOf(loadAhead(having(), [], [['any', () => Promise.reject(missing(code))]]));
      expect([error.code, error.text.state]).toEqual(['E_PROGRAM_REPLACED', 'untouched']);
    },
  );

  it('tells a part that breaks as what it is', async () => {
    const bug = new TypeError('x of undefined');
    await expect(loadAhead(having(), [], [['any', () => Promise.reject(bug)]])).rejects.toBe(bug);
  });

  it('can be loaded', async () => {
    const every = having('postgres', 'neon', 'stripe', 'slack', 'mail');
    await expect(loadAhead(every)).resolves.toBeUndefined();
  });
});
