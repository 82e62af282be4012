#!/usr/bin/env node
// Nothing is imported before the two questions that must be instant and must always work.
import { readFileSync } from 'node:fs';
import module from 'node:module';

const words = process.argv.slice(2);
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`Node ${process.versions.node} found; release needs 20.19 or newer.\n`);
  process.exitCode = 2;
} else if (words.length === 1 && (words[0] === '--version' || words[0] === '-V')) {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  process.stdout.write(`${version}\n`);
} else {
  module.enableCompileCache?.();
  await import('../dist/main.js');
}
