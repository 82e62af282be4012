import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeGit } from '../../../src/services/git/real.ts';
import { splitAddress } from '../../../src/services/git/split-address.ts';
import type { ShellPort } from '../../../src/services/shell/port.ts';
import { makeShell } from '../../../src/services/shell/real.ts';
import { failureOf } from '../../support/failure-of.ts';
import { makeTempOrigin, type TempOrigin } from '../../support/temp-origin.ts';

const TOKEN = 's3cr3t/t0ken';
const BASIC = `Basic ${Buffer.from(`x-access-token:${TOKEN}`).toString('base64')}`;
let place: TempOrigin;
let server: Server;
let port: number;
let wanted: string;
let headers: (string | undefined)[];
let argv: string[];

/** Argument lists of every process on this machine that speaks of our server, as `ps` would show them. */
function listProcesses(): string[] {
  if (!existsSync('/proc/self/cmdline')) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return line.includes(`:${port}/`) ? [line] : [];
      } catch {
        // It ended while we looked.
        return [];
      }
    });
}

/** git's dumb protocol: the files of the bare repository, for whoever brings the key. */
function serve(): Server {
  return createServer((request, response) => {
    headers.push(request.headers.authorization);
    argv.push(...listProcesses());
    if (request.headers.authorization !== wanted) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
      return;
    }
    const file = join(place.origin, (request.url ?? '').replace(/^\/repo\.git/, '').replace(/\?.*$/, ''));
    if (statSync(file, { throwIfNoEntry: false })?.isFile()) response.end(readFileSync(file));
    else response.writeHead(404).end();
  });
}

beforeEach(async () => {
  vi.stubEnv('no_proxy', '127.0.0.1');
  place = makeTempOrigin();
  place.git('--git-dir', place.origin, 'update-server-info');
  [headers, argv, wanted] = [[], [], BASIC];
  server = serve();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await new Promise((resolve) => server.close(resolve));
  place.remove();
});

function openGit() {
  const shell = makeShell();
  const recording: ShellPort = {
    ...shell,
    program: (name, args, order) => {
      argv.push(args.join('\0'));
      return shell.program(name, args, order);
    },
  };
  const address = `http://x-access-token:${encodeURIComponent(TOKEN)}@127.0.0.1:${port}/repo.git`;
  place.git('remote', 'set-url', 'origin', address);
  return makeGit({
    shell: recording,
    remote: 'origin',
    cacheFolder: join(place.folder, 'cache'),
    checkoutFolder: place.work,
    identity: { name: 'release', email: 'release@example.com' },
  });
}

const spellings = [TOKEN, encodeURIComponent(TOKEN), BASIC.slice(6), 'x-access-token'];

describe('the key of a remote', () => {
  it('T03: reaches the remote, and no argument list that others can read', async () => {
    const git = openGit();
    const main = place.git('rev-parse', 'main');
    expect(await git.branchTip('main')).toBe(main);
    expect(await git.remoteRefs(['refs/heads/main'])).toEqual({ 'refs/heads/main': main });
    const move = { ref: 'refs/tags/v9.9.9', from: null, to: main };
    await failureOf(git.push([move]));
    expect(new Set(headers)).toEqual(new Set([BASIC]));
    expect(argv.filter((line) => line.includes(`:${port}/`)).length).toBeGreaterThan(2);
    // Programs that git starts by itself are seen by sampling alone, where the system shows them.
    if (existsSync('/proc/self/cmdline')) expect(argv.join('\n')).toContain('remote-http');
    for (const secret of spellings) expect(argv.join('\n')).not.toContain(secret);
  });

  it('T03: stands in no error when the remote refuses it', async () => {
    wanted = 'another';
    const error = await failureOf(openGit().sync());
    expect(error.code).toBe('E_GIT');
    expect(headers).toContain(BASIC);
    for (const secret of spellings) expect(JSON.stringify(error.text)).not.toContain(secret);
  });
});

describe('the address of a remote', () => {
  it.each([
    'git@github.com:acme/app.git',
    'ssh://git@github.com/acme/app.git',
    'https://github.com/acme/app.git?at=a@b',
    '/srv/a@b/app.git',
  ])('stays as it is when nothing in it is secret: %s', (address) => {
    expect(splitAddress(address)).toMatchObject({ url: address, settings: [] });
  });

  it('T03: loses the password of an ssh address, which has no meaning there', () => {
    expect(splitAddress('ssh://git:hunter22@host/a.git')).toMatchObject({
      url: 'ssh://git@host/a.git',
      settings: [],
    });
  });

  it('leaves a user without a password to the credential helper', () => {
    const { url, settings } = splitAddress('https://b%40n@host/a.git');
    expect(url).toBe('https://host/a.git');
    expect(settings).toEqual([['credential.https://host/a.git.username', 'b@n']]);
  });

  it('T03: takes a password with an @ out whole, also one that is no proper percent-encoding', () => {
    const { url, settings } = splitAddress('https://u:p@ss%zz@host/a.git');
    expect(url).toBe('https://host/a.git');
    const basic = Buffer.from('u:p@ss%zz').toString('base64');
    expect(settings).toEqual([['http.https://host/a.git.extraHeader', `Authorization: Basic ${basic}`]]);
  });
});
