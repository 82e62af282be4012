import { describe, expect, it } from 'vitest';
import { sayRemarks } from '../../support/migrations/lint-texts.ts';
import { readCorpus } from '../../support/migrations/read-corpus.ts';

const corpus = readCorpus('test/checks/migrations/corpus');

describe.each(corpus)('the corpus: %s', (_, cases) => {
  it.each(cases)('MIG-02: $name', async ({ before, sql, expected }) => {
    const texts = before === undefined ? [sql] : [before, sql];
    expect(await sayRemarks(...texts)).toEqual(expected);
  });
});

it('MIG-02: the corpus holds more than 200 labelled cases, each with a name of its own', () => {
  const names = corpus.flatMap(([file, cases]) => cases.map((one) => `${file}: ${one.name}`));
  expect(names.length).toBeGreaterThan(200);
  expect(new Set(names).size).toBe(names.length);
});
