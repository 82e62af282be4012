import { expect, it } from 'vitest';
import check from '../../../checks/source/version-files.check.ts';
import { makePolicy, makeRunbook, onlyThese } from '../../support/policy.ts';

const release = { version: 'v2.1.0', branch: 'release/v2.1.0', commit: 'b'.repeat(40) };
const json = (version: string) => JSON.stringify({ version });
const lock = (version: string, more: object = {}) =>
  JSON.stringify({ version, packages: { '': { version }, ...more } });

/** The answer for a commit with these files. */
async function ask(
  files: Readonly<Record<string, string>>,
  versionFiles?: readonly unknown[],
  version = 'v2.1.0',
) {
  const source = versionFiles === undefined ? {} : { versionFiles };
  const scope = makePolicy({ release: { ...release, version }, runbook: makeRunbook({ source }) });
  const services = onlyThese({ git: { readFile: async (_, path) => files[path] } });
  return check.judge(await check.probe(services, scope), scope);
}

it.each([
  ['2.1.0', 'pass'],
  ['2.1.0-rc.2', 'pass'],
  ['2.0.3', 'fail'],
  ['', 'fail'],
])('HOP-03, PRE-02: package.json with %s is %s', async (version, outcome) => {
  expect((await ask({ 'package.json': json(version), 'package-lock.json': lock('2.1.0') })).outcome).toBe(
    outcome,
  );
});

it('HOP-03, PRE-02: a root package.json that is not there, or no JSON, carries no version', async () => {
  expect(await ask({})).toMatchObject({
    outcome: 'fail',
    said: 'package.json says no version; wanted 2.1.0',
  });
  expect((await ask({ 'package.json': '<<<<<<< HEAD' })).outcome).toBe('fail');
});

it('PRE-02: the lockfile was written again with the version', async () => {
  const files = { 'package.json': json('2.1.0'), 'package-lock.json': lock('2.0.3') };
  const judged = await ask(files);
  expect(judged).toMatchObject({
    outcome: 'fail',
    said: 'package-lock.json says 2.0.3, package-lock.json (its root package) says 2.0.3; wanted 2.1.0',
  });
  expect(judged.remedy).toContain('npm version 2.1.0 --no-git-tag-version');
  expect(await ask({ ...files, 'package-lock.json': lock('2.1.0') })).toEqual({
    outcome: 'pass',
    said: 'package.json, package-lock.json: 2.1.0',
  });
});

it.each([
  ['pnpm-lock.yaml', 'pnpm-lock.yaml does not carry it'],
  ['yarn.lock', 'yarn.lock does not carry it'],
  ['bun.lock', 'bun.lock does not carry it'],
])('PRE-02: says that %s is not compared', async (name, said) => {
  expect(await ask({ 'package.json': json('2.1.0'), [name]: 'lockfileVersion: 9' })).toEqual({
    outcome: 'pass',
    said: `package.json: 2.1.0; ${said}`,
  });
});

it('PRE-02: says that there is no lockfile', async () => {
  expect((await ask({ 'package.json': json('2.1.0') })).said).toBe(
    'package.json: 2.1.0; no lockfile beside it',
  );
});

it('PRE-03: a client of its own follows, with its lockfile, also where nobody configured it', async () => {
  const files = { 'package.json': json('2.1.0'), 'package-lock.json': lock('2.1.0') };
  const client = { 'client/package.json': json('2.0.3') };
  expect(await ask({ ...files, ...client })).toMatchObject({
    outcome: 'fail',
    said: 'client/package.json says 2.0.3; wanted 2.1.0',
  });
  const locked = { 'client/package.json': json('2.1.0'), 'client/package-lock.json': lock('2.0.3') };
  expect((await ask({ ...files, ...locked })).outcome).toBe('fail');
  const workspace = { 'package-lock.json': lock('2.1.0', { client: { version: '2.0.3' } }) };
  expect((await ask({ ...files, 'client/package.json': json('2.1.0'), ...workspace })).said).toBe(
    'package-lock.json (client) says 2.0.3; wanted 2.1.0',
  );
  expect((await ask({ ...files, 'client/package.json': '{"private":true}' })).outcome).toBe('pass');
});

it('PRE-04, E-29: a file of the environment carries the version where its match says', async () => {
  const files = { 'package.json': json('2.1.0'), 'package-lock.json': lock('2.1.0') };
  const configured = ['package.json', { path: '.env.production', match: 'APP_VERSION={version}' }];
  expect((await ask({ ...files, '.env.production': 'APP_VERSION=2.1.0\n' }, configured)).said).toBe(
    'package.json, .env.production, package-lock.json: 2.1.0',
  );
  expect(await ask({ ...files, '.env.production': 'APP_VERSION=2.0.3\n' }, configured)).toMatchObject({
    outcome: 'fail',
    said: '.env.production says 2.0.3; wanted 2.1.0',
  });
  for (const text of ['LOG_LEVEL=info\n', ''])
    expect((await ask({ ...files, '.env.production': text }, configured)).outcome).toBe('fail');
  expect((await ask(files, configured)).outcome).toBe('fail');
});

it('HOP-03: shows what a file says as text', async () => {
  const judged = await ask({ 'package.json': json('\u001b[2J2.0.3') });
  expect(judged.said).toContain('package.json says 2.0.3; wanted');
});

it('HOP-03: without a file that carries the version there is nothing to compare', async () => {
  expect((await ask({}, [])).outcome).toBe('skip');
  expect(check.absent?.(makePolicy())).toBe('no version was named');
});
