#!/usr/bin/env node
// Nothing is loaded before the two questions that must be instant and must always work. CommonJS (package.json beside
// this file): starting Node's ES module loader would make `--version` a fifth slower.
const words = process.argv.slice(2);
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`Node ${process.versions.node} found; release needs 20.19 or newer.\n`);
  process.exitCode = 2;
} else if (words.length === 1 && (words[0] === '--version' || words[0] === '-V')) {
  process.stdout.write(`${require('../package.json').version}\n`);
} else {
  const isHelp = words.some((word) => word === '--help' || word === '-h');
  const command = isHelp ? 'help' : words.find((word) => /^[a-z][a-z-]{0,30}$/.test(word));
  // A command is over before compiling its code a second time pays. Node 20 spends a third of the CPU of a start on it;
  // every Node waits at the end of a command for the parser of SQL that it has just begun to make faster. Only what was
  // tried: a Node that does not know a flag complains on stderr.
  const flags = ['--wasm-tiering-budget=100000000'];
  if (major === 20) flags.push('--interrupt-budget=1056000');
  // A gate is over before it pays to look again and again for what it no longer needs.
  if (major === 20 && /^(preflight|parity|drift)$/.test(command)) flags.push('--semi-space-growth-factor=16');
  // Nor for a list of runs, which asks no server and parses no SQL.
  if (major <= 24 && !isHelp && command !== 'history') {
    // Once a flag is set, V8 refuses the compiled code that Node brings for its own modules: those by which a command
    // asks servers are loaded before.
    for (const name of ['tty', 'crypto', 'https', 'child_process', 'dns/promises', 'fs/promises'])
      require(`node:${name}`);
    for (const name of ['timers/promises', 'perf_hooks', 'url', 'worker_threads']) require(`node:${name}`);
    require('node:v8').setFlagsFromString(flags.join(' '));
  }
  // In the account's own folder: code that is run must not come from a temporary one that everybody may write to.
  // An account without a home, as of a numbered user of a container, has no such folder and does without.
  const { isAbsolute, join } = require('node:path');
  const { XDG_CACHE_HOME = '', HOME = '' } = process.env;
  const base = isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : isAbsolute(HOME) && join(HOME, '.cache');
  const main = join(__dirname, '../dist/main.cjs');
  if (base && command && major < 22)
    require('./load-kept.js').loadKept(main, join(base, 'release-runbook/code'), command);
  else {
    if (base) require('node:module').enableCompileCache?.(join(base, 'release-runbook/compiled'));
    require(main);
  }
}
