// A picture of what a terminal showed: SVG of the text with its colours, legible on any page and without a script.

const ROW = 19;
const COLUMN = 8.43;
const EDGE = 16;
const BAR = 34;
const FACE = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace";

const ESC = String.fromCharCode(27);
const SEQUENCE = new RegExp(`(${ESC}\\[[0-9;?]*[A-Za-z])`);
const STYLE = new RegExp(`^${ESC}\\[([0-9;]*)m$`);

/** Colours of the sixteen, dark enough apart for people who see fewer of them. */
const COLOURS = {
  30: '#6e7681',
  31: '#ff7b72',
  32: '#56d364',
  33: '#e3b341',
  34: '#79c0ff',
  35: '#d2a8ff',
  36: '#76e3ea',
  37: '#e6edf3',
  90: '#8b949e',
  91: '#ffa198',
  92: '#7ee787',
  93: '#f2cc60',
  94: '#a5d6ff',
  95: '#e2c5ff',
  96: '#b3f0ff',
  97: '#ffffff',
};
const GROUND = {
  40: '#30363d',
  41: '#8e1519',
  42: '#196c2e',
  43: '#7d4e00',
  44: '#0c4a8a',
  45: '#5b2a91',
  46: '#0b5b62',
  47: '#484f58',
};

const escapeXml = (text) =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]);

/** Signs that take two columns, as terminals count. */
const isWide = (sign) =>
  /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/u.test(sign);
export const widthOf = (text) =>
  [...text.replace(/[\ufe0f\u200d]/g, '')].reduce((sum, sign) => sum + (isWide(sign) ? 2 : 1), 0);

function change(style, code) {
  if (code === 0) return {};
  if (code === 1) return { ...style, bold: true };
  if (code === 2) return { ...style, dim: true };
  if (code === 22) return { ...style, bold: false, dim: false };
  if (code === 4) return { ...style, line: true };
  if (code === 24) return { ...style, line: false };
  if (code === 7) return { ...style, turned: true };
  if (code === 27) return { ...style, turned: false };
  if (code === 39) return { ...style, colour: undefined };
  if (code === 49) return { ...style, ground: undefined };
  if (COLOURS[code]) return { ...style, colour: COLOURS[code] };
  return GROUND[code] ? { ...style, ground: GROUND[code] } : style;
}

/** Runs of one style, a list for each row; what moves the cursor is left out. */
export function parseAnsi(text) {
  let style = {};
  return text
    .replace(/\r\n/g, '\n')
    .split('\n')
    .map((row) => {
      const runs = [];
      for (const part of row.split(SEQUENCE)) {
        const sgr = STYLE.exec(part);
        if (sgr) for (const code of sgr[1].split(';')) style = change(style, Number(code || 0));
        else if (part !== '' && !part.startsWith(ESC)) runs.push({ text: part, style });
      }
      return runs;
    });
}

/** Words of a run with their columns: pages fold spaces, so that every piece is put where it belongs. */
function* splitPieces(text, at) {
  for (const { 0: piece, index } of text.matchAll(/\S+(?: \S+)*/g))
    yield { piece, at: at + widthOf(text.slice(0, index)) };
}

const placeOf = (column) => (EDGE + column * COLUMN).toFixed(1);

function renderRun({ text, style }, at, y) {
  const { colour = '#e6edf3', ground, bold, dim, line, turned } = style;
  const [ink, paper] = turned ? ['#0d1117', colour] : [colour, ground];
  const width = (widthOf(text) * COLUMN).toFixed(1);
  const box = paper
    ? `<rect x="${placeOf(at)}" y="${y - 14}" width="${width}" height="${ROW}" fill="${paper}"/>`
    : '';
  const looks = `fill="${ink}"${bold ? ' font-weight="700"' : ''}${dim ? ' opacity=".65"' : ''}${line ? ' text-decoration="underline"' : ''}`;
  const pieces = [...splitPieces(text, at)].map(({ piece, at: column }) => {
    const length = (widthOf(piece) * COLUMN).toFixed(1);
    return `<text x="${placeOf(column)}" y="${y}" textLength="${length}" lengthAdjust="spacingAndGlyphs" ${looks}>${escapeXml(piece)}</text>`;
  });
  return box + pieces.join('');
}

function renderRow(runs, y) {
  let at = 0;
  return runs
    .map((run) => {
      const made = renderRun(run, at, y);
      at += widthOf(run.text);
      return made;
    })
    .join('');
}

const shorten = (text, most) => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);

/** The picture. `title` is what was typed, `about` what it shows, for those who cannot see it. */
export function renderTerminal(text, { title, about }) {
  const rows = parseAnsi(text.replace(/\n+$/, ''));
  const columns = Math.max(80, ...rows.map((runs) => widthOf(runs.map((run) => run.text).join(''))));
  const width = Math.ceil(columns * COLUMN + 2 * EDGE);
  const height = BAR + rows.length * ROW + EDGE;
  const lines = rows.map((runs, i) => renderRow(runs, BAR + (i + 1) * ROW - 5)).filter(Boolean);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="t d">`,
    `<title id="t">${escapeXml(title)}</title><desc id="d">${escapeXml(about)}</desc>`,
    `<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/><rect width="${width}" height="${BAR - 8}" rx="8" fill="#21262d"/>`,
    '<circle cx="18" cy="13" r="5" fill="#484f58"/><circle cx="36" cy="13" r="5" fill="#484f58"/><circle cx="54" cy="13" r="5" fill="#484f58"/>',
    `<g font-family="${escapeXml(FACE)}" font-size="14"><text x="76" y="18" fill="#8b949e">${escapeXml(shorten(title, columns - 10))}</text>`,
    ...lines,
    '</g></svg>',
    '',
  ].join('\n');
}
