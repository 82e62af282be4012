// Milliseconds from the start of a command line to the first finding among its events.
import { spawn } from 'node:child_process';

const started = performance.now();
const [, , ...words] = process.argv;
const child = spawn(process.execPath, [...words, '--events', '-'], { stdio: ['ignore', 'pipe', 'ignore'] });
let text = '';
child.stdout.on('data', (part) => {
  text += part;
  if (!text.includes('"check.result"')) return;
  process.stdout.write(`${performance.now() - started}\n`);
  child.kill('SIGKILL');
  process.exit(0);
});
