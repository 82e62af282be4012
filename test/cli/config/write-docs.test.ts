import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../../src/cli/commands/config.ts';
import { checkRunbook } from '../../../src/cli/config/runbook/check-runbook.ts';
import { writeDocs } from '../../../src/cli/config/runbook/write-docs.ts';
import { makeTestContext } from '../../support/test-context.ts';

const LEAST = `service: shop
product: Shop
timezone: UTC
environments:
  production:
    url: https://shop.example.com
    protected: true
`;
const OWN = `${LEAST}    host: { strategy: push }
    database: { url: $DB_PROD }
    maintenance:
      on: { path: /on, token: $SWITCH }
      off: { path: /off, token: $SWITCH }
      bypass: { header: x-pass, value: $PASS }
migrations: { folder: db }
roles:
  lead: { title: Release Lead, does: Runs the release | all of it }
people:
  kim: { name: Kim, roles: [lead], email: kim@example.com, phone: "+1 555 0199" }
rules:
  error-percent:
    title: Failed requests
    unit: percent
    bands:
      - { level: hold, row: MON-01, from: 2, dwellMinutes: 5 }
      - { level: P0, row: MON-01, from: 9, dwellMinutes: 1 }
`;

let home = '';
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'release-config-docs-'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

function makeOrder(text: string) {
  const cwd = mkdtempSync(join(home, 'repo-'));
  writeFileSync(join(cwd, 'runbook.config.yaml'), text);
  const env = {
    DB_PROD: 'postgres://a:hunter2aaaaaaa@h/one',
    SWITCH: 'hunter3bbbbbb',
    PASS: 'hunter4cccccc',
  };
  return { cwd, env, learn: () => {} };
}

const write = (text: string): string => writeDocs(makeOrder(text)).document ?? '';

describe('release config docs', () => {
  it.each([
    ['the least configuration', LEAST],
    ['a configuration of its own', OWN],
    ['the runbook of this package', readFileSync('runbook.config.yaml', 'utf8')],
    ['another application', readFileSync('docs/examples/conduit.yaml', 'utf8')],
  ])('writes a runbook in which the linter finds nothing: %s', async (_, text) => {
    const order = makeOrder(text);
    writeFileSync(join(order.cwd, 'RUNBOOK.md'), writeDocs(order).document ?? '');
    const how = { file: 'RUNBOOK.md', now: new Date('2030-01-01T00:00:00Z') };
    const { result } = await checkRunbook(order, how);
    expect(result.runbook).toMatchObject({ compared: true, findings: [], accepted: [] });
  });

  it('writes what is configured: environments, checks, limits without gaps, plans with their way back', () => {
    const text = write(OWN);
    expect(text).toContain('| Database | $DB_PROD |');
    expect(text).toContain(
      '| Failed requests | below 2 % | – | at least 2 % for 5 min | – | – | at least 9 % for 1 min |',
    );
    expect(text).toMatch(/\| \d+ \| Migrate the database: {migration} \| run its rollback script \|/);
    expect(text).toContain('### Code, and the migrations by their rollback scripts');
    expect(text).not.toContain('restore point: only where nothing else will do');
    expect(text).toContain('| `database.connect` |');
    expect(text).toMatch(/### Not asked\n\n[^#]*\| `payments\./);
  });

  it('is the same text each time, and lets no text of the configuration end a cell', () => {
    expect(write(OWN)).toBe(write(OWN));
    expect(write(OWN)).toContain('| Release Lead | Runs the release \\| all of it | Kim |');
  });

  it('holds no secret, and of people the name alone', () => {
    expect(write(OWN)).not.toMatch(/hunter|kim@example|555/);
  });

  it('gives --out FILE.md the document itself, and refuses --runbook', async () => {
    const { cwd } = makeOrder(LEAST);
    const { context } = makeTestContext({ command: 'config' });
    const { document, text } = await run(['docs'], {}, { ...context, cwd });
    expect(document).toBe(`${text}\n`);
    await expect(run(['docs'], { runbook: 'R.md' }, { ...context, cwd })).rejects.toThrow(
      'config docs takes no --runbook.',
    );
  });
});
