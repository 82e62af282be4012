// The least that a step can cost: two lines that are on the disk before anything goes on.
import { randomUUID } from 'node:crypto';
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';

const [folder, steps] = process.argv.slice(2);
const file = openSync(`${folder}/${randomUUID()}.jsonl`, 'a');
for (let line = 0; line < 2 * Number(steps); line += 1) {
  writeSync(file, `${JSON.stringify({ line, text: 'x'.repeat(400) })}\n`);
  fdatasyncSync(file);
}
closeSync(file);
