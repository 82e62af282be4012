#!/usr/bin/env node
// npm run pictures: starts a sandbox, types what is shown in the README, and keeps what the program says as docs/pictures/*.svg.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderTerminal } from './ansi-svg.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const program = join(root, 'bin/release.js');
const folder = mkdtempSync(join(tmpdir(), 'release-pictures-'));
/** Where `demo up` writes the configuration. */
const world = join(folder, '.release/sandbox');
const home = join(folder, 'home');
mkdirSync(home);

const WIDTH = 88;
const ROWS = 200;
const session = `release-pictures-${process.pid}`;
const shell = `env -u CI -u NO_COLOR -u GITHUB_ACTIONS -u NODE_EXTRA_CA_CERTS HOME='${home}' TZ=UTC COLORTERM= PS1= sh`;

const tmux = (...args) => {
  const ended = spawnSync('tmux', ['-L', session, ...args], { encoding: 'utf8' });
  if (ended.error) throw new Error('tmux is needed to take pictures of a terminal');
  return ended.stdout;
};

/** The screen after a command, with its colours, as a person at a terminal sees it. */
function type(line, code, cwd = line.startsWith('release demo') ? folder : world) {
  const done = join(folder, 'done');
  rmSync(done, { force: true });
  const run = `cd '${cwd}'; clear; "${process.execPath}" "${program}" ${line.replace(/^release /, '')}; echo $? > '${done}'`;
  writeFileSync(join(folder, 'typed.sh'), `${run}\n`);
  tmux('clear-history');
  tmux('send-keys', `. '${join(folder, 'typed.sh')}'`, 'Enter');
  for (let waited = 0; !existsSync(done) && waited < 1200; waited += 1) spawnSync('sleep', ['0.25']);
  spawnSync('sleep', ['0.3']);
  const said = tmux('capture-pane', '-e', '-p', '-S', '-');
  const ended = Number(readFileSync(done, 'utf8'));
  if (ended !== code) throw new Error(`${line} ended with ${ended}, not with ${code}:\n${said}`);
  return said;
}

function keep(name, line, text, about) {
  mkdirSync(join(root, 'docs/pictures'), { recursive: true });
  const shown = text.replaceAll(folder, '~/rur2');
  writeFileSync(join(root, 'docs/pictures', `${name}.svg`), renderTerminal(shown, { title: line, about }));
  console.log(`docs/pictures/${name}.svg`);
}

/** The first rows and the last ones; what is left out is said. */
function cut(text, first, last) {
  const rows = text.trimEnd().split('\n');
  if (rows.length <= first + last) return text;
  return [
    ...rows.slice(0, first),
    `\u001b[2m  … ${rows.length - first - last} lines\u001b[22m`,
    ...rows.slice(-last),
  ].join('\n');
}

function showConfigError() {
  const place = join(folder, 'config');
  mkdirSync(place);
  const text = readFileSync(join(root, 'runbook.config.yaml'), 'utf8');
  const wrong = text.replace('protected: true', 'protcted: true');
  writeFileSync(join(place, 'runbook.config.yaml'), wrong);
  const line = 'release config check';
  keep(
    'config-error',
    line,
    type(line, 2, place),
    'A mistake of a configuration, with its place and what was meant',
  );
}

try {
  tmux('new-session', '-d', '-x', String(WIDTH), '-y', String(ROWS), shell);
  showConfigError();
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
  type('release demo up', 0);
  type('release demo break webhook', 0);
  const gate = 'release preflight v2.1.0';
  keep(
    'preflight-no-go',
    gate,
    type(gate, 3),
    'The gate says NO-GO: the webhook endpoint at Stripe is disabled; why, and what to do',
  );
  type('release demo mend webhook', 0);
  type('release preflight v2.1.0', 0);
  const go = 'release deploy v2.1.0 --env production --yes';
  keep(
    'deploy',
    go,
    cut(type(go, 0), 10, 34),
    'A deploy step by step: restore point, backup, migrations, merge, publish, proof, smoke tests; v2.1.0 is live',
  );
  const back = 'release rollback --to v2.0.3 --severity P1 --reason "checkout fails" --env production --yes';
  keep(
    'rollback',
    back,
    cut(type(back, 0), 12, 34),
    'A rollback: what was done, what is verified and what is not known; v2.0.3 is back',
  );
  const status = 'release status';
  keep(
    'status',
    status,
    type(status, 0),
    'What is live, what was done, what is waited for and what to type next',
  );
} finally {
  tmux('kill-server');
  spawnSync(process.execPath, [program, 'demo', 'down'], {
    cwd: folder,
    env: { ...process.env, HOME: home },
  });
  rmSync(folder, { recursive: true, force: true });
}
