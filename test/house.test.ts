import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkIndex } from '../scripts/build.mjs';
import { readHouse } from './support/house.ts';

const MAX_FILE_LINES = 200;
const MAX_FUNCTION_LINES = 50;
const MAX_TEST_LINES = 400;

const house = readHouse(['src', 'checks']);

/** Which rooms a floor may import from. The runbook and the machinery meet in src/cli alone. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  domain: ['domain'],
  config: ['domain', 'config'],
  ports: ['domain', 'ports'],
  services: ['domain', 'config', 'services', 'ports'],
  ledger: ['domain', 'config', 'ledger'],
  kit: ['domain', 'config', 'ports', 'ledger', 'kit'],
  checks: ['domain', 'config', 'kit', 'checks', 'ports'],
  steps: ['domain', 'config', 'kit', 'steps', 'ports'],
  plans: ['domain', 'config', 'kit', 'steps', 'plans', 'ports'],
  engine: ['domain', 'config', 'kit', 'ledger', 'ports', 'engine'],
  report: ['domain', 'config', 'kit', 'ledger', 'ports', 'engine', 'report'],
  sandbox: ['domain', 'config', 'kit', 'ledger', 'ports', 'sandbox'],
  cli: [
    'domain',
    'config',
    'services',
    'ports',
    'ledger',
    'kit',
    'checks',
    'steps',
    'plans',
    'engine',
    'report',
    'sandbox',
    'cli',
  ],
};

/** Here words of the form of an id are keys of the configuration, findings of `init --probe`, properties of a JUnit file. */
const HAS_OTHER_WORDS = /^src\/(config|cli\/config|cli\/probe|domain\/reports)\//;

describe('the house', () => {
  it('lets imports only go down', () => {
    const wrong = house.imports.filter(({ from, to }) => !(MAY_IMPORT[from.floor] ?? []).includes(to.floor));
    expect(wrong.map(({ from, to }) => `${from.file} → ${to.file}`)).toEqual([]);
  });

  it('has no import cycle', () => {
    expect(house.cycles()).toEqual([]);
  });

  it(`keeps files under ${MAX_FILE_LINES} lines`, () => {
    const long = house.files.filter((f) => f.lines > MAX_FILE_LINES);
    expect(long.map((f) => `${f.file} ${f.lines}`)).toEqual([]);
  });

  it(`keeps test files under ${MAX_TEST_LINES} lines, so that each reads as what it proves`, () => {
    const long = walk('test')
      .filter((file) => file.endsWith('.ts'))
      .map((file) => ({ file, lines: readFileSync(file, 'utf8').split('\n').length - 1 }))
      .filter(({ lines }) => lines > MAX_TEST_LINES);
    expect(long).toEqual([]);
  });

  it(`keeps functions under ${MAX_FUNCTION_LINES} lines, and half of them within a dozen`, () => {
    const long = house.functions.filter((f) => f.lines > MAX_FUNCTION_LINES);
    expect(long.map((f) => `${f.file}:${f.line} ${f.name} ${f.lines}`)).toEqual([]);
    const sorted = house.functions.map((f) => f.lines).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)] ?? 0).toBeLessThanOrEqual(12);
  });

  it('takes time, environment, exit, console and the network only by the front door', () => {
    expect(house.forbiddenWords()).toEqual([]);
  });

  it('imports a real adapter only where the program is put together', () => {
    const wrong = house.imports.filter(
      ({ from, to }) => /services\/.*\/real\.ts$/.test(to.file) && !/^src\/cli\//.test(from.file),
    );
    expect(wrong.map(({ from, to }) => `${from.file} → ${to.file}`)).toEqual([]);
  });

  it('lets one file know listr2', () => {
    const users = house.files.filter((f) => /from 'listr2'/.test(f.text)).map((f) => f.file);
    expect(users.filter((file) => !file.startsWith('src/report/terminal'))).toEqual([]);
  });

  it('keeps the sandbox out of the production path', () => {
    const wrong = house.imports.filter(
      ({ from, to }) =>
        to.floor === 'sandbox' && from.floor !== 'sandbox' && !from.file.startsWith('src/cli/demo'),
    );
    expect(wrong.map(({ from, to }) => `${from.file} → ${to.file}`)).toEqual([]);
  });

  it('has a test for every check', () => {
    const missing = house.files
      .filter((f) => f.file.endsWith('.check.ts'))
      .map((f) => join('test', f.file.replace(/\.check\.ts$/, '.test.ts')))
      .filter((file) => !exists(file));
    expect(missing).toEqual([]);
  });

  it('lists every check in checks/index.ts', () => {
    expect(readFileSync('checks/index.ts', 'utf8')).toBe(checkIndex());
  });

  it('speaks of no check and no step that is not there', () => {
    const idsIn = (place: RegExp, pattern: RegExp): string[] =>
      house.files.filter(({ file }) => place.test(file)).flatMap(({ text }) => wordsOf(text, pattern));
    const checkIds = house.files
      .flatMap(({ file }) => wordsOf(file, /^checks\/(.*)\.check\.ts$/g))
      .map((path) => path.replace('/', '.'));
    const ids = [...checkIds, ...idsIn(/^src\/steps\//, /\bid: '([a-z]+\.[a-z-]+)'/g)];
    const events = idsIn(/^src\/ledger\/.*event\.ts$/, /^ {2}'([a-z]+\.[a-z-]+)': /gm);
    const known = new Set([...ids, ...events]);
    const rooms = new Set(ids.map(roomOf));
    expect(known.size).toBeGreaterThan(100);
    const strays = house.files
      .filter(({ file }) => !HAS_OTHER_WORDS.test(file))
      .flatMap(({ file, text }) => wordsOf(text, /'([a-z]+\.[a-z0-9-]+)'/g).map((id) => `${file} ${id}`))
      .filter((stray) => rooms.has(roomOf(idOf(stray))) && !known.has(idOf(stray)));
    expect(strays).toEqual([]);
  });

  it('documents every error code', () => {
    const codes = new Set(
      house.files.flatMap((f) => [...f.text.matchAll(/'(E_[A-Z_]*[A-Z])'/g)].map((m) => m[1] ?? '')),
    );
    const documented = readFileSync('docs/errors.md', 'utf8');
    expect([...codes].filter((code) => !documented.includes(`\`${code}\``)).sort()).toEqual([]);
  });

  it('names no file, test or script in a document that is not there', () => {
    const documents = ['README.md', ...walk('docs'), ...walk('templates')].filter((file) =>
      file.endsWith('.md'),
    );
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: object };
    const wrong = documents.flatMap((file) => {
      const text = readFileSync(file, 'utf8');
      const links = wordsOf(text, /\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g);
      const paths = wordsOf(text, /`((?:src|checks|test|scripts|bench)\/[\w./-]+)`/g);
      const run = wordsOf(text, /npx vitest run (test\/[\w./-]+)/g);
      return [
        ...links.filter((link) => !exists(join(dirname(file), link))),
        ...[...paths, ...run].filter((path) => !isBegun(path)),
        ...wordsOf(text, /npm run (?:-s )?([a-z-]+)/g).filter((name) => !Object.hasOwn(scripts, name)),
      ].map((name) => `${file}: ${name}`);
    });
    expect(wrong).toEqual([]);
  });

  it('has no garbled character in a template', () => {
    const garbled = walk('templates').filter((file) =>
      /‚|Ô∏è|ü[\u0080-\u{10ffff}]|\uf8ff|�/u.test(readFileSync(file, 'utf8')),
    );
    expect(garbled).toEqual([]);
  });

  it('numbers each decision note once, and lists it in docs/README.md', () => {
    const notes = readdirSync('docs/decisions');
    const index = readFileSync('docs/README.md', 'utf8');
    expect(new Set(notes.map((name) => name.slice(0, 3))).size).toBe(notes.length);
    expect(notes.filter((name) => !index.includes(`decisions/${name}`))).toEqual([]);
  });
});

const exists = (file: string): boolean => statSync(file, { throwIfNoEntry: false }) !== undefined;

/** True for a path, and for what paths begin with: `npx vitest run` takes both. */
const isBegun = (path: string): boolean =>
  exists(path) ||
  (exists(dirname(path)) && readdirSync(dirname(path)).some((name) => name.startsWith(basename(path))));

const wordsOf = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, word]) => word ?? '');

const roomOf = (id: string): string => id.slice(0, id.indexOf('.'));
const idOf = (stray: string): string => stray.slice(stray.indexOf(' ') + 1);

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}
