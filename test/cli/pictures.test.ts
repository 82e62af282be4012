import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseAnsi, renderTerminal, widthOf } from '../../scripts/ansi-svg.mjs';

const paint = (codes: string, text: string): string => `\u001b[${codes}m${text}\u001b[0m`;

describe('a picture of a terminal', () => {
  it('keeps colours, and leaves out what moves the cursor', () => {
    const [first, second] = parseAnsi(`${paint('1;32', 'GO')} 2\u001b[2K\r\nnext`);
    expect(first).toEqual([
      { text: 'GO', style: { bold: true, colour: '#56d364' } },
      { text: ' 2', style: {} },
    ]);
    expect(second).toEqual([{ text: 'next', style: {} }]);
  });

  it('counts columns as terminals do', () => {
    expect(['abc', '✅x', '日本', '↳'].map(widthOf)).toEqual([3, 3, 4, 1]);
  });

  it('puts every word at its column, whatever the page does with spaces', () => {
    const svg = renderTerminal('a    b', { title: 'release', about: 'x' });
    const [a, b] = ['a', 'b'].map((word) =>
      Number(new RegExp(`x="([\\d.]+)"[^>]*>${word}</text>`).exec(svg)?.[1]),
    );
    expect((b ?? 0) - (a ?? 0)).toBeCloseTo(5 * 8.43, 0);
  });

  it('shows text as text', () => {
    const svg = renderTerminal('<script>alert("x")</script> & more', { title: '<b>', about: '"quoted"' });
    expect(svg).not.toMatch(/<script|<b>/);
    expect(svg).toContain('&lt;script&gt;');
  });
});

describe('the pictures of the documents', () => {
  const shown = readdirSync('docs/pictures');

  it('say what they show to those who cannot see them, and reach for nothing', () => {
    expect(shown.length).toBeGreaterThanOrEqual(5);
    for (const name of shown) {
      const svg = readFileSync(`docs/pictures/${name}`, 'utf8');
      expect(svg).toMatch(/<title id="t">[^<]+<\/title><desc id="d">[^<]{20,}<\/desc>/);
      expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(
        /<script|href|https?:\/\/(?!127\.0\.0\.1)/,
      );
    }
  });

  it('stand in a document each', () => {
    const text = ['README.md', 'docs/approvals.md', 'docs/watch.md']
      .map((file) => readFileSync(file, 'utf8'))
      .join('');
    expect(shown.filter((name) => !text.includes(`docs/pictures/${name}`))).toEqual([]);
  });
});
