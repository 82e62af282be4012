import { expect, it } from 'vitest';
import { writePage } from '../../../src/report/handoff/page.ts';

const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '</style><svg onload=alert(1)>',
  '</title><iframe src="https://evil.example">',
  '[click](javascript:alert(1))',
  '[click](data:text/html,<script>alert(1)</script>)',
  '![x](https://evil.example/pixel.png)',
  '" onmouseover="alert(1)',
  '`<script>`',
  '<!--><script>alert(1)</script>-->',
];

/** Every tag of a page with its attributes, as a browser would see them. */
const tagsOf = (page: string): readonly string[] => page.match(/<[a-z!/][^>]*>/gi) ?? [];

it.each(HOSTILE)('T16: is only ever text on a page: %j', (words) => {
  for (const page of [
    writePage(words, 'a'),
    writePage('a', words),
    writePage('a', `# ${words}\n\n- ${words}`),
  ]) {
    const tags = tagsOf(page).join('\n');
    expect(tags).not.toMatch(/<(script|img|svg|iframe)/i);
    expect(tags).not.toMatch(/<[^>]*\son\w+=/i);
    expect(tags).not.toMatch(/href="(?!https?:)/i);
    expect(tags).not.toMatch(/\ssrc=/i);
  }
});

it('T16: a page lets nothing be loaded and nothing run', () => {
  expect(writePage('a', 'b')).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  expect(writePage('a', 'b')).not.toMatch(/<script|<link|@import|url\(/i);
});
