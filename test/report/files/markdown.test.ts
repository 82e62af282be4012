import * as fc from 'fast-check';
import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import { ReleaseError } from '../../../src/domain/failure.ts';
import { escapeMarkdown, fence, writeMarkdown } from '../../../src/report/files/markdown.ts';
import { hostile, hostileFinding, reportOf } from '../../support/gate-report.ts';
import { finding } from '../../support/run-events.ts';

const tagsOf = (html: string): string[] =>
  [...new Set([...html.matchAll(/<\/?([a-z0-9]+)/gi)].map((match) => (match[1] ?? '').toLowerCase()))].sort();

describe('Markdown', () => {
  it('shows the verdict, troubles first with what to do, and the way on', () => {
    const waived = { check: 'a.two', by: 'Dana Ito', reason: '#12' };
    const text = writeMarkdown(
      reportOf(
        [
          finding('a.one'),
          finding('a.two', { outcome: 'warn', said: 'slow', weight: 'advisory' }),
          finding('a.three', { outcome: 'fail', said: 'a|b', remedy: 'End it.', waived }),
        ],
        { next: ['release preflight v2.1.0'], sandbox: true },
      ),
    );
    expect(text).toMatchInlineSnapshot(`
      "# SANDBOX release preflight v2.1.0 — NO-GO

      production · 2025-10-01T13:30:41.000Z · 1 fail · 1 warn · 1 pass · 3 checks · 39 s

      | Result | Check | What was found |
      |---|---|---|
      | ✖ fail | a.three | a\\|b<br>End it.<br>**waived by Dana Ito: \\#12** |
      | ▲ warn | a.two (advisory) | slow |
      | ✔ pass | a.one | pool 31 % (limit 80 %) |

      Next:

      \`\`\`text
      release preflight v2.1.0
      \`\`\`
      "
    `);
  });

  it('says why there is no table', () => {
    const error = new ReleaseError('E_X', { what: 'No <b>.', next: 'Do *it*.', state: 'untouched' });
    expect(writeMarkdown(reportOf([], { error }))).toContain('```text\nNo <b>.\n\nDo *it*.\n```');
    expect(writeMarkdown(reportOf([]))).toContain('Nobody looked');
  });

  it('keeps its table: a row and three cells for each finding, and no markup of others', () => {
    fc.assert(
      fc.property(fc.array(hostileFinding, { minLength: 1, maxLength: 4 }), (findings) => {
        const html = marked.parse(writeMarkdown(reportOf(findings)), { async: false, gfm: true });
        expect(html.match(/<tr>/g)).toHaveLength(findings.length + 1);
        expect(html.match(/<td>/g)).toHaveLength(findings.length * 3);
        const allowed = ['br', 'h1', 'p', 'strong', 'table', 'tbody', 'td', 'th', 'thead', 'tr'];
        expect(tagsOf(html).filter((tag) => !allowed.includes(tag))).toEqual([]);
      }),
    );
  });

  it('shows foreign text as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 40 }), (text) => {
        const html = marked.parseInline(`x${escapeMarkdown(text)}x`, { async: false });
        const plain = html.replace(
          /&(lt|gt|amp|quot|#39);/g,
          (_, name) => ({ lt: '<', gt: '>', amp: '&', quot: '"' })[name as 'lt'] ?? "'",
        );
        expect(plain.replace(/\s+/g, '')).toBe(`x${text.replace(/\s+/g, '')}x`);
      }),
    );
  });

  it('fences any text so that it stays inside', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const html = marked.parse(`${fence(`a${text}`.replace(/\r/g, ''))}\n\nend`, { async: false });
        expect(html.match(/<pre>/g)).toHaveLength(1);
        expect(html.trimEnd().endsWith('<p>end</p>')).toBe(true);
      }),
    );
  });
});
