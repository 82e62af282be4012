import { describe, expect, it } from 'vitest';
import { readRange } from '../../../src/domain/runbook/limits/read-range.ts';
import { readDocument } from '../../../src/domain/runbook/read-document.ts';

const TEXT = `# Release

**GO** (all):
- [ ] One \`git push --tags\`
  - [x] nested
    goes on

  in a loose item
2. **Lead**: decides

| Step | Owner |
|---|---|
| a | Kim |

\`\`\`sh
# before
curl -f https://a \\
  -H b
# after
\`\`\`
`;

describe('a written runbook', () => {
  const { statements, commands, tables } = readDocument('R.md', TEXT);
  const at = (line: number) => statements.filter((one) => one.line === line);

  it('has each line of prose at its line and column, with what it is listed under', () => {
    expect(at(4)).toMatchObject([{ col: 7, text: 'One git push --tags', hasBox: true, group: 'GO (all):' }]);
    expect(at(5)).toMatchObject([{ col: 9, text: 'nested', group: 'One git push --tags' }]);
    expect(at(6)).toMatchObject([{ text: 'goes on', kind: 'text' }]);
    expect(at(8)).toMatchObject([{ text: 'in a loose item' }]);
    expect(at(9)).toMatchObject([{ label: 'Lead', col: 4 }]);
  });

  it('has the cells of tables under the heading of their column', () => {
    expect(at(13)).toMatchObject([
      { text: 'a', group: 'Step', col: 3 },
      { text: 'Kim', group: 'Owner', label: 'a', col: 7 },
    ]);
    expect(tables).toMatchObject([{ line: 11, rows: [{ line: 13 }] }]);
  });

  it('has commands of blocks and of sentences, joined, with the comments around them', () => {
    expect(commands).toMatchObject([
      { line: 4, text: 'git push --tags' },
      { line: 17, text: 'curl -f https://a -H b', above: ['before'], below: [{ line: 19, text: 'after' }] },
    ]);
  });

  it('counts lines alike with the line ends of Windows, and behind a byte order mark', () => {
    const windows = readDocument('R.md', `\uFEFF${TEXT.replaceAll('\n', '\r\n')}`);
    expect(windows.statements).toEqual(statements);
  });
});

describe('a number in words', () => {
  it.each([
    ['below 2 s', { high: 2000, highEdge: 'out' }, 'ms'],
    ['≥ 1.5 % and < 3 %', { low: 1.5, lowEdge: 'in', high: 3, highEdge: 'out' }, '%'],
    ['2-5%', { low: 2, high: 5, lowEdge: 'unstated' }, '%'],
    ['95%+ of them', { low: 95, lowEdge: 'in' }, '%'],
    ['more than 3x', { low: 3, lowEdge: 'out' }, 'x'],
    ['within 10% of baseline', { high: 1.1 }, 'x'],
    ['fewer than 4 complaints', { high: 4, highEdge: 'out' }, ''],
  ])('%s', (text, range, unit) => {
    expect(readRange(text)).toMatchObject({ range, unit });
  });

  it('is none where a text has only times, dates and versions', () => {
    for (const text of ['T-4', '10:00 AM', 'v2.1.0', '2026-01-05', 'Step 3'])
      expect(readRange(text), text).toBeUndefined();
  });
});
