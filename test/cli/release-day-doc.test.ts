import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseWords } from '../../src/cli/program.ts';

const page = readFileSync('docs/release-day.md', 'utf8');
const card = readFileSync('README.md', 'utf8').split('## On-call card')[1]?.split('```')[1] ?? '';

/** Every command line of a text, as the shell would take it apart. */
const linesOf = (text: string, shape: RegExp): string[] =>
  [...text.matchAll(shape)].map(([, line = '']) => line.trim());
const wordsOf = (line: string): string[] =>
  (line.match(/"[^"]*"|\S+/g) ?? []).slice(1).map((word) => word.replaceAll('"', ''));

const onThePage = linesOf(page, /`(release [^`]+)`/g);
const onTheCard = linesOf(card, /(release .+?)(?: {3,}|\)|$)/gm);

describe('the pages that people follow on the day', () => {
  it('have commands and flags that exist', () => {
    expect(onThePage.length).toBeGreaterThan(25);
    expect(onTheCard.length).toBeGreaterThan(5);
    for (const line of [...onThePage, ...onTheCard].filter((one) => one !== 'release help exit-codes'))
      expect(() => parseWords(wordsOf(line), {}), line).not.toThrow();
  });

  it('say of each urgency what the runbook says', () => {
    const { severities } = parse(readFileSync('runbook.config.yaml', 'utf8'), { merge: true });
    const told = Object.fromEntries(
      page.split('\n').flatMap((line) => {
        const [, level, , begin, back] =
          /^\| (P\d) \| ([^|]+) \| (?:(\d+) min)? ?\| (?:(\d+) min)? ?\|/.exec(line) ?? [];
        return level === undefined ? [] : [[level, { begin, back }]];
      }),
    );
    for (const level of ['P0', 'P1', 'P2', 'P3'])
      expect(told[level]).toEqual({
        begin: severities[level].startWithinMinutes?.toString(),
        back: severities[level].doneWithinMinutes?.toString(),
      });
  });
});
