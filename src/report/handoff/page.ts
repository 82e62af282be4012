import { htmlText } from '../messages/html-text.ts';
import { readMessage, writeMessage } from '../messages/write-message.ts';

const STYLE = `:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin:1.6rem 0 .4rem;border-bottom:1px solid #8886}
ul{padding-left:1.4rem}li{margin:.3rem 0;overflow-wrap:anywhere}em{opacity:.75}
code{font-size:.9em}@media print{body{margin:0;max-width:none}}`;

/** Nothing may be loaded and nothing may run, whatever slips through: the page is opened by people who trust it. */
const NOTHING = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`;

/** A document as one page that needs nothing else: no script, no picture, no address that is loaded. */
export function writePage(title: string, markdown: string): string {
  const body = writeMessage(readMessage(markdown), htmlText).map(({ written }) => written);
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    NOTHING,
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    `<title>${htmlText.text(title)}</title>`,
    `<style>${STYLE}</style></head><body>`,
    ...body,
    '</body></html>',
    '',
  ].join('\n');
}
