import { describe, expect, it } from 'vitest';
import { findSchemaFile } from '../../../src/cli/facts/find-schema-file.ts';
import { whyNoTag } from '../../../src/cli/facts/why-no-tag.ts';
import type { Version } from '../../../src/domain/version.ts';
import { makeCliWorld, tagOf } from '../cli-world.ts';

const open = () => makeCliWorld({ command: 'rollback', tags: [tagOf('v2.1.0'), tagOf('v2.0.3')] });

describe('a version without a tag', () => {
  it('was never released where the ledger does not know it, and what was is named', async () => {
    const { text } = await whyNoTag(open().wired, 'v2.0.9' as Version);
    expect(text).toMatchObject({
      what: expect.stringContaining('never released'),
      next: 'Released before: v2.1.0, v2.0.3.',
    });
  });

  it.each([
    ['left', ['v2.0.9', 'v2.1.0'], 'failed'],
    ['brought', ['v2.0.2', 'v2.0.9'], 'completed'],
  ] as const)(
    'that a run %s has lost it: said so, with the line that puts it back',
    async (_, versions, end) => {
      const { wired, past } = open();
      const run = await past('deploy', versions, end);
      const { code, text } = await whyNoTag(wired, 'v2.0.9' as Version);
      expect(code).toBe('E_VERSION_UNKNOWN');
      expect(text.why).toContain(run);
      expect(text.next).toContain('git push origin refs/tags/v2.0.9');
    },
  );

  it('is one that was never released when its deploy never came to its end', async () => {
    const { wired, past } = open();
    await past('deploy', ['v2.0.3', 'v2.0.9'], 'failed');
    expect((await whyNoTag(wired, 'v2.0.9' as Version)).text.what).toContain('never released');
  });
});

describe('the file with the schema of an earlier version', () => {
  it('MIG-08: is named with its machine where it is not on this one', async () => {
    const { wired, past } = open();
    const file = '.release/state/rur2/production/releases/v2.1.0/schema-before-r-1.txt';
    await past('deploy', ['v2.0.3', 'v2.1.0'], 'completed', { 'schema-before': { file } });
    expect(await findSchemaFile(wired, 'v2.0.3')).toMatch(
      /^not on this machine but on \S+: \.release\/state/,
    );
    await past('deploy', ['v2.0.3', 'v2.1.0'], 'completed', { 'schema-before': { file: 'package.json' } });
    expect(await findSchemaFile({ ...wired, root: process.cwd() }, 'v2.0.3')).toBe('package.json');
  });
});
