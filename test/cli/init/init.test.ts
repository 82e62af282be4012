import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, describe, expect, it } from 'vitest';
import { run } from '../../../src/cli/commands/init.ts';
import { makeFolder } from '../../support/own-checks-folder.ts';
import { runBin } from '../../support/run-bin.ts';
import { runHere } from '../../support/run-here.ts';
import { makeTestContext } from '../../support/test-context.ts';

const folders: { remove(): void }[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

const SHOP = {
  'package.json': '{"name":"@acme/my-shop","version":"1.2.3"}',
  'drizzle.config.ts':
    'export default { dialect: "postgresql", out: "./drizzle" };\nthrow new Error("I ran");\n',
  'drizzle/0000_first.sql': 'SELECT 1;',
  'drizzle/meta/_journal.json': '{"entries":[]}',
  '.replit': '',
  '.gitignore': 'node_modules/',
};

function open(files: Readonly<Record<string, string>>) {
  const folder = makeFolder(files);
  folders.push(folder);
  return folder.root;
}

async function openRepository(files: Readonly<Record<string, string>> = SHOP) {
  const root = open(files);
  await execa('git', ['init', '-q', '-b', 'main', root]);
  await execa('git', [
    '-C',
    root,
    'remote',
    'add',
    'origin',
    'https://me:ghp_abcdefghijklmnop1234@github.com/acme/shop.git',
  ]);
  return root;
}

const text = (root: string, name: string): string => readFileSync(join(root, name), 'utf8');
const WRITTEN = [
  '.env.runbook.example',
  '.github/workflows/preflight.yml',
  'checks/example.check.ts',
  'runbook.config.yaml',
];

describe('init as it is typed', () => {
  it('writes a first configuration that config check accepts, and a check that is asked', async () => {
    const root = await openRepository();
    const { code, stdout, stderr } = await runBin(['init', '--yes'], { cwd: root });
    expect(stdout).toContain('✔ wrote 4 files, changed .gitignore');
    expect(code).toBe(0);
    expect(WRITTEN.filter((name) => existsSync(join(root, name)))).toEqual(WRITTEN);
    expect(text(root, '.gitignore')).toBe('node_modules/\n.env.runbook\n.release/\n');
    expect(text(root, 'runbook.config.yaml')).toMatch(/^# yaml-language-server: .*\n[\s\S]*folder: drizzle/);
    expect(`${stdout}${stderr}${WRITTEN.map((name) => text(root, name))}`).not.toContain('ghp_');
    // The program itself writes the summary of a step.
    expect(text(root, '.github/workflows/preflight.yml')).not.toContain('GITHUB_STEP_SUMMARY');
    const env = { DATABASE_URL_PROD: 'postgres://u:p@127.0.0.1:1/shop' };
    expect(await runBin(['config', 'check'], { cwd: root, env })).toMatchObject({ code: 0 });
    const { stdout: list } = await runBin(['preflight', '--list'], { cwd: root, env });
    expect(list).toContain('example.front-page');
  });

  it('HOP-01: asks for tagged candidates only where one was tagged before', async () => {
    const root = await openRepository();
    const commit = ['-c', 'user.name=A', '-c', 'user.email=a@example.com', 'commit', '-q', '--allow-empty'];
    await execa('git', ['-C', root, ...commit, '-m', 'first']);
    await runHere(['init', '--yes'], { cwd: root });
    expect(text(root, 'runbook.config.yaml')).toContain('candidates: false');
    rmSync(join(root, 'runbook.config.yaml'));
    await execa('git', ['-C', root, 'tag', 'v1.2.0-rc.1']);
    await runHere(['init', '--yes'], { cwd: root });
    expect(text(root, 'runbook.config.yaml')).toContain('candidates: true');
  });

  it('names the secrets that are missing, and nothing else, before they are there', async () => {
    const root = await openRepository();
    await runHere(['init', '--yes'], { cwd: root });
    const { code, stdout } = await runHere(['config', 'check'], { cwd: root });
    expect(stdout).toContain('0 errors, 0 warnings, 1 secret missing');
    expect(code).toBe(4);
    expect(text(root, '.env.runbook.example')).toContain('DATABASE_URL_PROD=\n');
  });

  it('ends with 2 and the line to type where nobody can be asked, and writes nothing', async () => {
    const root = await openRepository();
    const before = readdirSync(root);
    const { code, stderr } = await runHere(['init'], { cwd: root });
    expect(stderr).toContain('release init --yes');
    expect(code).toBe(2);
    expect(readdirSync(root)).toEqual(before);
  });

  it('shows each file with --plan and writes nothing', async () => {
    const root = await openRepository();
    const before = readdirSync(root);
    const { code, stdout } = await runHere(['init', '--plan'], { cwd: root });
    for (const name of WRITTEN) expect(stdout).toContain(`${name}   new`);
    expect(stdout).toContain('+ service: my-shop');
    expect(stdout).toContain('+ .release/');
    expect(code).toBe(0);
    expect(readdirSync(root)).toEqual(before);
  });

  it('prints each file in full with --force-print, asks nothing, and writes nothing', async () => {
    const mine = 'service: mine\n';
    const root = await openRepository({ ...SHOP, 'runbook.config.yaml': mine });
    const before = readdirSync(root);
    const { code, stdout } = await runHere(['init', '--force-print'], { cwd: root });
    expect(code).toBe(0);
    for (const name of WRITTEN) expect(stdout).toContain(`==> ${name} <==\n`);
    expect(stdout).toContain('\nservice: my-shop\n');
    expect(stdout).toContain('runs-on: ubuntu-latest');
    expect(stdout).toContain("import { defineCheck } from 'release-runbook/kit';");
    expect(stdout).not.toContain('mine');
    expect(stdout).not.toContain('ghp_');
    expect(readdirSync(root)).toEqual(before);
    expect(text(root, 'runbook.config.yaml')).toBe(mine);
  });

  it('prints with --force-print what it would have written, to the letter', async () => {
    const root = await openRepository();
    const { stdout } = await runHere(['init', '--force-print', '--json'], { cwd: root });
    await runHere(['init', '--yes'], { cwd: root });
    const files: readonly { name: string; text: string }[] = JSON.parse(stdout).result.files;
    const printed = files.filter(({ name }) => name !== '.gitignore');
    expect(printed.map(({ name }) => name).sort()).toEqual(WRITTEN);
    for (const file of printed) expect(text(root, file.name)).toBe(file.text);
  });

  it('keeps every file that is there, shows the difference, and is done the second time', async () => {
    const root = await openRepository({
      ...SHOP,
      'runbook.config.yaml': 'service: mine\n',
      'checks/example.check.ts': '// mine\n',
    });
    const { stdout, code } = await runHere(['init', '--yes'], { cwd: root });
    expect(stdout).toContain('runbook.config.yaml   there already: kept yours');
    expect(stdout).toContain('- service: mine');
    expect(code).toBe(0);
    expect(text(root, 'runbook.config.yaml')).toBe('service: mine\n');
    expect(text(root, 'checks/example.check.ts')).toBe('// mine\n');
    const ignored = text(root, '.gitignore');
    await runHere(['init', '--yes'], { cwd: root });
    expect(text(root, '.gitignore')).toBe(ignored);
  });

  it('works in a bare folder, with a broken package.json and without git', async () => {
    const root = open({ 'package.json': '{"name": "x", ' });
    const { code, stderr } = await runHere(['init', '--yes'], { cwd: root });
    expect(stderr).toContain('package.json is no JSON');
    expect(code).toBe(0);
    expect(await runHere(['config', 'check'], { cwd: root })).toMatchObject({ code: 0 });
  });

  it('follows no link, neither of a file nor of a folder, and says which', async () => {
    const outside = open({ 'kept.txt': 'theirs' });
    const root = open({});
    symlinkSync(outside, join(root, 'checks'));
    symlinkSync(join(outside, 'kept.txt'), join(root, '.gitignore'));
    symlinkSync(join(outside, 'made.yaml'), join(root, 'runbook.config.yaml'));
    const { code, stdout } = await runHere(['init', '--yes', '--json'], { cwd: root });
    expect(JSON.parse(stdout).result).toEqual({
      wrote: ['.env.runbook.example'],
      changed: [],
      kept: [],
      refused: ['runbook.config.yaml', 'checks/example.check.ts', '.gitignore'],
    });
    expect(code).toBe(1);
    expect(readdirSync(outside)).toEqual(['kept.txt']);
    expect(text(outside, 'kept.txt')).toBe('theirs');
  });

  it('says what stands in the way of a folder', async () => {
    const root = open({ checks: 'a file' });
    const { code, stdout } = await runHere(['init', '--yes'], { cwd: root });
    expect(stdout).toMatch(/checks\/example\.check\.ts {3}not written: .*checks is no folder/);
    expect(code).toBe(1);
  });
});

describe('what init says is left', () => {
  it('names services that the application uses and nobody configured yet', async () => {
    const uses = '{"name":"shop","dependencies":{"stripe":"^17.0.0","@slack/web-api":"^7.0.0","slack":"1"}}';
    const root = await openRepository({ 'package.json': uses });
    const { stdout, stderr } = await runHere(['init', '--yes'], { cwd: root });
    expect(stderr).toContain('found   GitHub acme/shop, Stripe, Slack\n');
    expect(stdout).toContain('▲ not configured yet: GitHub, Stripe, Slack (docs/config.md, services)');
    const again = await runHere(['init', '--yes'], { cwd: root });
    expect(again.stdout).not.toContain('not configured yet');
  });

  it('writes no line that is wider than a terminal', async () => {
    const root = await openRepository();
    await runHere(['init', '--yes'], { cwd: root });
    const [, ...lines] = text(root, 'runbook.config.yaml').split('\n');
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
  });
});

describe('init in a terminal', () => {
  /** `answers` in the order of the questions; an empty one takes the default. */
  async function answer(root: string, answers: readonly string[]) {
    const { context, asked, stderr } = makeTestContext({
      command: 'init',
      terminal: { canAsk: true },
      answers,
    });
    const result = await run([], {}, { ...context, cwd: root });
    return { asked, result, stderr: stderr() };
  }

  it('PRE-15: gives staging a branch of its own where the platform publishes what it is at', async () => {
    const root = open({});
    const push = 'the platform publishes by itself when main moves';
    await answer(root, [
      'Shop',
      'https://shop.example',
      'https://staging.shop.example',
      'UTC',
      push,
      'n',
      'n',
    ]);
    expect(text(root, 'runbook.config.yaml')).toContain('branch: staging\n');
    expect(await runBin(['config', 'check'], { cwd: root })).toMatchObject({ code: 0 });
  });

  it('asks at most seven questions, and takes what is typed', async () => {
    const root = open({});
    const { asked, result } = await answer(root, [
      'Fine Shop',
      'https://fine.shop',
      'https://staging.fine.shop',
      'Europe/Berlin',
      'a command line',
      'y',
      'y',
    ]);
    expect(asked).toHaveLength(7);
    const config = text(root, 'runbook.config.yaml');
    expect(config).toContain('product: Fine Shop');
    expect(config).toContain('url: https://staging.fine.shop\n    branch: release/{version}');
    expect(config).toContain('timezone: Europe/Berlin');
    expect(config).toContain('strategy: command');
    expect(result?.next.at(-1)).toBe('release preflight --env staging');
    expect(result?.text).not.toContain('.gitignore: put it there');
    expect(await runHere(['config', 'check'], { cwd: root })).toMatchObject({ code: 0 });
  });

  it('asks again for an address or a zone that is none, and writes no file that was not agreed to', async () => {
    const root = open({});
    const { asked, result, stderr } = await answer(root, [
      '',
      'fine.shop',
      'https://fine.shop',
      '',
      'Mars/Base',
      'UTC',
      '',
      'n',
      'n',
    ]);
    expect(asked).toHaveLength(9);
    expect(stderr).toContain('An address begins with https://');
    expect(stderr).toContain('A zone is like Europe/Berlin');
    expect(result?.text).toContain('▲ .env.runbook is not in .gitignore: put it there before');
    expect(result?.next.at(-1)).toBe('release preflight');
    expect(readdirSync(root).sort()).toEqual(['.env.runbook.example', 'checks', 'runbook.config.yaml']);
  });

  it.each([0, 3, 6])('writes nothing when Ctrl-C comes instead of answer %i', async (at) => {
    const root = open({});
    const { context } = makeTestContext({ command: 'init', terminal: { canAsk: true } });
    let asked = 0;
    const stopAt = async <T>(usual: T): Promise<T> => {
      asked += 1;
      if (asked > at) throw new Error('Ctrl-C');
      return usual;
    };
    const ask = { type: () => stopAt(''), confirm: () => stopAt(true), choose: () => stopAt(0) };
    await expect(run([], {}, { ...context, cwd: root, ask })).rejects.toThrow('Ctrl-C');
    expect(readdirSync(root)).toEqual([]);
  });
});
