import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkRunbook } from '../../../src/cli/config/runbook/check-runbook.ts';
import { writeSarif } from '../../../src/report/files/sarif.ts';
import { reportOf } from '../../support/gate-report.ts';

const CONFIG = `service: shop
product: Shop
timezone: UTC
environments:
  production:
    url: https://shop.example.com
    protected: true
`;
const WRONG =
  '**GO**:\n- Parity above 95 %\n\n**NO-GO**:\n- Parity below 70 %\n\n```sql\nSELECT 1;\nSELEC 2;\n```\n';

let home = '';
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'release-runbook-lint-'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

interface Given {
  readonly text?: string;
  readonly config?: string;
  readonly columns?: number;
  readonly file?: string;
}

/** A folder with a runbook and, perhaps, a configuration. */
function check({ text = WRONG, config, columns, file = 'RUNBOOK.md' }: Given) {
  const cwd = mkdtempSync(join(home, 'repo-'));
  writeFileSync(join(cwd, 'RUNBOOK.md'), text);
  if (config !== undefined) writeFileSync(join(cwd, 'runbook.config.yaml'), config);
  const order = { cwd, env: {}, learn: () => {} };
  return checkRunbook(order, {
    file,
    now: new Date('2026-03-02T10:00:00Z'),
    ...(columns ? { columns } : {}),
  });
}

describe('release config check --runbook', () => {
  it('E-11: ends with 3 and names the gap with file, line, column, why and what to do', async () => {
    const { exitCode, text, result } = await check({ config: CONFIG });
    expect(exitCode).toBe(3);
    expect(text).toMatch(
      /\nRUNBOOK\.md:5:3: error: parity: 70 % to 95 % has no verdict .* — Whoever decides .* — Let one bound .* \[limit-gap\]\n/,
    );
    expect(text).toMatch(/RUNBOOK\.md:9:1: error: PostgreSQL says: syntax error .* \[sql-unreadable\]/);
    expect(text).toMatch(/\n2 errors, 0 warnings$/);
    expect(result.runbook).toMatchObject({
      ...{ file: 'RUNBOOK.md', compared: true, accepted: [] },
      findings: [
        { rule: 'limit-gap', severity: 'error', line: 5, col: 3 },
        { rule: 'sql-unreadable', line: 9 },
      ],
    });
  });

  it('shows each rule once in a terminal, with all of its places', async () => {
    const { text } = await check({ config: CONFIG, text: 'TBD\n\nTBA\n', columns: 60 });
    expect(text).toContain(
      'warn   placeholder\n  RUNBOOK.md:1:1  "TBD" was left for later\n  RUNBOOK.md:3:1  ',
    );
    expect(text.match(/why {3}/g)).toHaveLength(1);
  });

  it('reads the text alone where there is no configuration, and says that nothing was compared', async () => {
    const { exitCode, text, result } = await check({ text: '- [ ] Water the plants\n' });
    expect(exitCode).toBe(0);
    expect(text).toContain('nothing is compared with one');
    expect(result.runbook).toMatchObject({ compared: false, findings: [] });
  });

  it('names boxes that the configuration does not answer, as warnings', async () => {
    const { exitCode, text } = await check({
      config: CONFIG,
      text: '- [ ] Water the plants\n- [ ] Smoke test\n',
    });
    expect(exitCode).toBe(0);
    expect(text).toContain(
      'RUNBOOK.md:1:7: warning: nothing of the configuration answers "Water the plants"',
    );
    expect(text).not.toContain('RUNBOOK.md:2');
  });

  it('ends with 2 for a wrong configuration, and still reads the text', async () => {
    const { exitCode, text, result } = await check({ config: `${CONFIG}zzz: 1\n` });
    expect(exitCode).toBe(2);
    expect(text).toContain('the configuration is wrong, so that the runbook was not compared with it');
    expect(text).toContain('[limit-gap]');
    expect(result.runbook).toMatchObject({ compared: false });
  });

  it('refuses a file that is not there, and one that is no text', async () => {
    await expect(check({ file: 'RUNBOK.md' })).rejects.toMatchObject({ code: 'E_RUNBOOK_UNREADABLE' });
    await expect(check({ text: 'a\0b' })).rejects.toMatchObject({ code: 'E_RUNBOOK_UNREADABLE' });
  });

  it('gives SARIF a place for each finding', async () => {
    const { findings = [] } = await check({ config: CONFIG });
    const { runs } = JSON.parse(writeSarif(reportOf(findings))) as {
      runs: { results: { ruleId: string; locations: unknown[] }[] }[];
    };
    expect(runs[0]?.results.map(({ ruleId }) => ruleId)).toEqual(['limit-gap', 'sql-unreadable']);
    expect(runs[0]?.results[0]).toMatchObject({
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'RUNBOOK.md' },
            region: { startLine: 5, startColumn: 3 },
          },
        },
      ],
    });
  });
});
