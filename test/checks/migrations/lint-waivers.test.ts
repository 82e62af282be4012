import { describe, expect, it } from 'vitest';
import { lintTexts } from '../../support/migrations/lint-texts.ts';

const DROP = 'ALTER TABLE users DROP COLUMN email;\n';

const lintOne = async (sql: string) => {
  const [report] = await lintTexts([sql]);
  if (report === undefined) throw new Error('no report');
  return report;
};
const hashOf = async (sql: string): Promise<string> => (await lintOne(sql)).hash;
const waive = (rule: string, hash: string, reason = 'unused since v2.0') =>
  `-- release-lint: allow ${rule} reason="${reason}" hash=${hash}\n`;
const badOf = async (sql: string) =>
  (await lintOne(sql)).remarks.filter((one) => one.rule === 'bad-waiver').map((one) => one.said);

describe('a waiver in the file', () => {
  it('MIG-02: allows its rule, and the finding stays with its reason', async () => {
    const { remarks } = await lintOne(waive('drop-column', await hashOf(DROP)) + DROP);
    expect(remarks).toMatchObject([{ rule: 'drop-column', level: 'error', waived: 'unused since v2.0' }]);
  });

  it('MIG-02: allows nothing else', async () => {
    const sql = `${DROP}DROP TABLE notes;\n`;
    const { remarks } = await lintOne(waive('drop-column', await hashOf(sql)) + sql);
    expect(remarks.map(({ rule, waived }) => [rule, waived !== undefined])).toEqual([
      ['drop-column', true],
      ['drop-table', false],
    ]);
  });

  it('MIG-02: holds no more when the file changes', async () => {
    const sql = `${waive('drop-column', await hashOf(DROP))}${DROP}ALTER TABLE users DROP COLUMN name;\n`;
    expect((await lintOne(sql)).remarks.every((one) => one.waived === undefined)).toBe(true);
    expect(await badOf(sql)).toEqual([
      `allows drop-column for another text: the hash of this file is hash=${await hashOf(sql)}`,
    ]);
  });

  it('MIG-02: does not change the hash that it carries, wherever it stands', async () => {
    const hash = await hashOf(DROP);
    const line = waive('drop-column', hash);
    const places = [line + DROP, DROP + line, DROP.replace('\n', ` ${line}`), line + line + DROP];
    for (const sql of places) expect((await lintOne(sql)).hash, sql).toBe(hash);
    expect(await hashOf((line + DROP).replaceAll('\n', '\r\n'))).toBe(hash);
  });

  it('MIG-02: is refused for an unknown rule, with the nearest one', async () => {
    expect(await badOf(waive('drop-colum', await hashOf(DROP)) + DROP)).toEqual([
      'allows "drop-colum", which is no rule. Did you mean "drop-column"?',
    ]);
  });

  it.each(['', '…', ' ', '.'])('MIG-02: is refused with the reason "%s"', async (reason) => {
    expect(await badOf(waive('drop-column', await hashOf(DROP), reason) + DROP)).toEqual([
      'allows drop-column without a reason: reason="…"',
    ]);
  });

  it('MIG-02: is refused without a hash, and with a hash inside of the reason', async () => {
    const hash = await hashOf(DROP);
    const bare = '-- release-lint: allow drop-column reason="unused"\n';
    const inside = `-- release-lint: allow drop-column reason="unused hash=${hash}"\n`;
    for (const line of [bare, inside])
      expect((await badOf(line + DROP))[0], line).toMatch(/for another text/);
  });

  it('MIG-02: is refused where no waiver helps', async () => {
    const sql = 'BEGIN;\nSELECT 1;\nCOMMIT;\n';
    expect((await badOf(waive('transaction-control', await hashOf(sql)) + sql))[0]).toMatch(
      /^allows transaction-control, which cannot be allowed/,
    );
  });

  it.each(['/* release-lint: allow drop-column */', '-- release-lint allow drop-column'])(
    'MIG-02: is refused in another shape: %s',
    async (comment) => {
      expect((await badOf(`${comment}\n${DROP}`))[0]).toMatch(/^allows nothing/);
    },
  );

  it('MIG-02: is no waiver in a string', async () => {
    const sql = `SELECT '\n${waive('drop-column', await hashOf(DROP)).trim()}\n';\n${DROP}`;
    expect((await lintOne(sql)).remarks).toMatchObject([{ rule: 'drop-column', level: 'error' }]);
    expect((await lintOne(sql)).remarks[0]?.waived).toBeUndefined();
  });

  it('MIG-02: is told when nothing needs it', async () => {
    const sql = 'SELECT 1;\n';
    expect((await lintOne(waive('truncate', await hashOf(sql)) + sql)).remarks).toMatchObject([
      { rule: 'bad-waiver', level: 'warning', said: 'allows truncate, which nothing in this file needs' },
    ]);
  });
});
