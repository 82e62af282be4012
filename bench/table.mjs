// The measured figures as docs/benchmarks.md shows them: written by the bench, compared by a test.
import { readFileSync, writeFileSync } from 'node:fs';

const BEGIN = '<!-- written by `npm run bench -- --write` -->';
const END = '<!-- end of what is written -->';

const amount = (value, unit) => (unit === 'ratio' ? `${value}×` : `${value} ${unit}`);

function rowOf({ id, title, value, ci95, n, unit, floor, peers, must, reach, status, why }) {
  const spread = ci95 && ci95[0] !== ci95[1] ? ` (${ci95.join(' to ')})` : '';
  const against = floor.value === 0 ? floor.what : `${floor.what}: ${floor.value} ${floor.unit}`;
  const beside = peers.map((peer) => `; ${peer.what} ${peer.value}×`).join('');
  const verdict = { ok: 'yes', miss: '**no**', skip: `not judged: ${why}` }[status];
  return `| ${id} ${title} | ${amount(value, unit)}${spread}, n ${n} | ${against}${beside} | ${must}; ${reach} | ${verdict} |`;
}

/** The table of one whole run of the bench, with where and when it was measured. */
export function tableOf({ at, host, quality, metrics }) {
  const where = `${at.slice(0, 10)}, Node ${host.node}, ${host.os}, ${host.cores} cores, load ${quality.load} at most.`;
  const head =
    '| | Value (95 %), rounds | Floor; others beside it | Must; reach | Held |\n|---|---|---|---|---|';
  return [where, '', head, ...metrics.map(rowOf)].join('\n');
}

/** The part of a page that `tableOf` wrote. Throws where the page has none. */
export function shownIn(page) {
  const [, rest] = page.split(`${BEGIN}\n`);
  const text = rest?.split(`\n${END}`)[0];
  if (text === undefined) throw new Error('the page has no place for the table of the bench');
  return text;
}

/** Puts the table of `results` into the page at `path`. */
export function writeInto(path, results) {
  const page = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    page.replace(shownIn(page), () => tableOf(results)),
  );
}
