import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeSql } from '../../../src/services/sql/real.ts';
import { anyChar } from '../../support/any-text.ts';

const sql = makeSql();
const startsWith = (text: string, at: number, word: string): boolean =>
  Buffer.from(text).subarray(at).toString().toLowerCase().startsWith(word);

const noise = fc.oneof(
  fc.constantFrom(
    '\n',
    ' ',
    '\t',
    '-- é 😀 drop table x\n',
    '/* ü /* – */ drop */',
    "SELECT 'é😀;';",
    'SELECT 1;',
  ),
  fc.constantFrom('SELECT $x$ drop table a; -- $x$;', 'SELECT "a""b" FROM "Ä";', "SELECT E'\\'';", '\r\n'),
);

describe('the port of SQL', () => {
  it('MIG-02: begins a statement at its first word, whatever stands before it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(noise, { maxLength: 12 }), async (pieces) => {
        const text = `${pieces.join('')}DROP TABLE users`;
        const read = await sql.read(text);
        const last = read.ok ? read.statements.at(-1) : undefined;
        expect(last?.kind).toBe('DropStmt');
        expect(startsWith(text, last?.at ?? -1, 'drop table users')).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('MIG-02: begins a statement of a block at its first word', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(noise, { maxLength: 6 }), fc.boolean(), async (pieces, isNested) => {
        const body = isNested ? 'IF true THEN TRUNCATE users; END IF;' : 'TRUNCATE users;';
        const text = `${pieces.join('')}DO $b$\nBEGIN\n  -- é TRUNCATE\n ${body} END $b$; SELECT 1`;
        const read = await sql.read(text);
        const found = read.ok ? read.statements.find((one) => one.kind === 'TruncateStmt') : undefined;
        expect(found?.origin).toBe('block');
        expect(startsWith(text, found?.at ?? -1, 'truncate users')).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('MIG-02: says where a text is no SQL', async () => {
    const text = "SELECT 'é😀';\nALTRE TABLE x;";
    const read = await sql.read(text);
    expect(read).toMatchObject({ ok: false, said: 'syntax error at or near "ALTRE"' });
    expect(read.ok ? false : startsWith(text, read.at, 'altre')).toBe(true);
  });

  it('MIG-02: never throws for what a text is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ unit: anyChar }), fc.string()), async (text) => {
        const read = await sql.read(text);
        expect([true, false]).toContain(read.ok);
      }),
      { numRuns: 150 },
    );
  });

  it('MIG-02: reads on behind a NUL and other control characters', async () => {
    const read = await sql.read("SELECT '\u0001';\u0000 DROP TABLE users; -- \u001b\n");
    expect(read).toMatchObject({ ok: true });
    expect(read.ok ? read.statements.map((one) => one.kind) : []).toEqual(['SelectStmt', 'DropStmt']);
    expect(read.comments).toHaveLength(1);
  });

  it('finds comments and no others', async () => {
    const read = await sql.read('-- one\nSELECT \'-- two\', "-- three", $$-- four$$ /* five /* six */ */;');
    expect(read.comments.map((one) => one.text)).toEqual(['-- one', '/* five /* six */ */']);
  });

  it('MIG-02: says of a body in a body that it was not read', async () => {
    const read = await sql.read('DO $a$ BEGIN DO $b$ BEGIN TRUNCATE users; END $b$; END $a$');
    expect(read).toMatchObject({ ok: true, unread: [{ why: 'body', origin: 'block' }] });
  });
});
