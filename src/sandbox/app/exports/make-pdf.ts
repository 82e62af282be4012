/** What the one font of the document can write; everything else becomes a question mark. */
const writable = (text: string): string =>
  text.replace(/[\r\n\t]+/g, ' ').replace(/[^\x20-\x7e\xa0-\xff]/g, '?');

const literal = (text: string): string => `(${writable(text).replace(/[\\()]/g, '\\$&')})`;

const LINE_HEIGHT = 18;
const TOP = 780;
const LINES = 40;

function pageContent(lines: readonly string[]): string {
  const shown = lines.slice(0, LINES).map((line) => `${literal(line.slice(0, 90))} Tj T*`);
  return `BT /F1 12 Tf ${LINE_HEIGHT} TL 60 ${TOP} Td\n${shown.join('\n')}\nET`;
}

const LATIN = 'latin1';

/** One page of plain lines as a PDF that readers open: objects, their offsets, a trailer. */
export function makePdf(lines: readonly string[]): Buffer {
  const content = pageContent(lines);
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 4 0 R>>>>/Contents 5 0 R>>',
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>',
    `<</Length ${Buffer.byteLength(content, LATIN)}>>stream\n${content}\nendstream`,
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const at = Buffer.byteLength(file, LATIN);
    file += `${i + 1} 0 obj${object}endobj\n`;
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join('')}`;
  const end = `trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${Buffer.byteLength(file, LATIN)}\n%%EOF\n`;
  return Buffer.from(file + table + end, LATIN);
}
