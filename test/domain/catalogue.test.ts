import { describe, expect, it } from 'vitest';
import {
  type Catalogue,
  type CatalogueItem,
  compareCatalogues,
  sayCatalogueDifference,
} from '../../src/domain/catalogue.ts';
import { fingerprintOf } from '../../src/kit.ts';

const item = (
  kind: CatalogueItem['kind'],
  name: string,
  is = 'text',
  of = kind === 'column' || kind === 'index' ? `table ${name.split('.')[0]}` : '',
): CatalogueItem => ({ kind, name, is, of });

const assessments = [item('table', 'assessments', 'plain'), item('column', 'assessments.title')];
const of = (...items: CatalogueItem[]): Catalogue => ({ items });
const SIDES = { left: 'staging', right: 'production' };
const say = (left: Catalogue, right: Catalogue): string[] =>
  compareCatalogues(left, right).map((one) => sayCatalogueDifference(one, SIDES));

describe('two schemas', () => {
  it('PAR-12: are alike in whatever order they were told', () => {
    const [one, two] = [of(...assessments), of(...[...assessments].reverse())];
    expect(compareCatalogues(one, two)).toEqual([]);
    expect(fingerprintOf(one)).toBe(fingerprintOf(two));
  });

  it('PAR-12: name a column that one side alone has, and say which', () => {
    const more = of(...assessments, item('column', 'assessments.due_date', 'date'));
    expect(say(more, of(...assessments))).toEqual(['column assessments.due_date only in staging']);
    expect(say(of(...assessments), more)).toEqual(['column assessments.due_date only in production']);
    expect(fingerprintOf(more)).not.toBe(fingerprintOf(of(...assessments)));
  });

  it('PAR-12: tell a sequence that belongs to another column, as their fingerprints do', () => {
    const [one, two] = [
      of(item('sequence', 'numbers', 'integer', 'column notes.id')),
      of(item('sequence', 'numbers', 'integer')),
    ];
    expect(fingerprintOf(one)).not.toBe(fingerprintOf(two));
    expect(say(one, two)).toEqual([
      'sequence numbers is integer, of column notes.id in staging, integer, of nothing in production',
    ]);
  });

  it('PAR-12: say what a changed object is on either side', () => {
    const other = of(
      item('table', 'assessments', 'plain'),
      item('column', 'assessments.title', 'varchar(200)'),
    );
    expect(say(of(...assessments), other)).toEqual([
      'column assessments.title is text in staging, varchar(200) in production',
    ]);
  });

  it('name a table that is missing once, not each of its columns and indexes', () => {
    const audit = [item('table', 'audit'), item('column', 'audit.id'), item('index', 'audit.audit_at')];
    expect(say(of(...assessments, ...audit), of(...assessments))).toEqual(['table audit only in staging']);
  });

  it('name a missing sequence of a table that both have', () => {
    const sequence = item('sequence', 'assessments_id_seq', 'bigint', 'column assessments.title');
    expect(say(of(...assessments), of(...assessments, sequence))).toEqual([
      'sequence assessments_id_seq only in production',
    ]);
  });

  it('spare the reader two checksums of a function', () => {
    const [one, two] = ['a', 'b'].map((digit) => of(item('function', 'f()', `md5 ${digit.repeat(32)}`))) as [
      Catalogue,
      Catalogue,
    ];
    expect(say(one, two)).toEqual(['function f() is written differently']);
  });

  it('bring no escape sequence of a name to the screen', () => {
    const strange = of(item('enum', 'x\u001b[31m\ny', '(1)'));
    expect(say(strange, of())).toEqual(['enum x y only in staging']);
  });
});
