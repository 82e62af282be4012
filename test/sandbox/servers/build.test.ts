import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { type Build, startBuild } from '../../../src/sandbox/servers/host/build.ts';
import { TINY_APP } from '../../support/tiny-platform.ts';

const root = mkdtempSync(join(tmpdir(), 'release-build-'));
let build: Build | undefined;
afterEach(async () => {
  await build?.stop();
  rmSync(root, { recursive: true, force: true });
});

it('lets go of an idle connection before the build does: a request into that close would be a 502', async () => {
  writeFileSync(join(root, 'package.json'), '{"version":"2.1.0"}');
  const program = { command: process.execPath, args: [TINY_APP] };
  const env = { APP_ROOT: root };
  build = await startBuild({
    commit: 'c',
    version: '2.1.0',
    program,
    env,
    root,
    log: join(root, 'log'),
  });
  const { headers } = await fetch(`http://127.0.0.1:${build.port}/health`);
  const [, seconds] = /timeout=(\d+)/.exec(headers.get('keep-alive') ?? '') ?? [];
  expect(Number(seconds)).toBeGreaterThan(0);
  const { options } = build.agent as unknown as { readonly options: { readonly timeout?: number } };
  expect(options.timeout).toBeLessThanOrEqual((Number(seconds) * 1000) / 2);
});
