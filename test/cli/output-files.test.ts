import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { makeOutput } from '../../src/cli/output.ts';

it('T06: what is written as a file (postmortem, page of a handoff, archive) passes the redactor', () => {
  const folder = mkdtempSync(join(tmpdir(), 'release-files-'));
  try {
    const redact = (text: string) => text.replaceAll('sk_live_abcdef123', '•••');
    const streams = { stdout: new PassThrough(), stderr: new PassThrough() };
    makeOutput({ ...streams, redact, ascii: false, cwd: folder }).file('post.md', 'key sk_live_abcdef123\n');
    expect(readFileSync(join(folder, 'post.md'), 'utf8')).toBe('key •••\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
