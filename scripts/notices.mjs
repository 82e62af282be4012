// The licences of the packages that are in the bundle, read from what esbuild says it put there.
import { readdirSync, readFileSync } from 'node:fs';

const LICENCE = /^(licen[cs]e|copying|notice)/i;

/** `node_modules/a/node_modules/@b/c/lib/x.js` lies in `node_modules/a/node_modules/@b/c`. */
const folderOf = (input) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0];

function readPackage(folder) {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  const files = readdirSync(folder).filter((file) => LICENCE.test(file));
  const texts = files.sort().map((file) => readFileSync(`${folder}/${file}`, 'utf8').trim());
  return { name, version, license: license ?? 'not said', texts };
}

/** Every package with a file in the bundle, by name: what it is, its licence and the texts it comes with. */
export function listPackages({ inputs }) {
  const folders = new Set(Object.keys(inputs).flatMap((input) => folderOf(input) ?? []));
  return [...folders]
    .map(readPackage)
    .sort((a, b) => a.name.localeCompare(b.name) || a.version.localeCompare(b.version));
}

function describe({ name, version, license, texts }) {
  const none = `The package comes without a licence text; its package.json says ${license}.`;
  const quoted = texts.map((text) => `\`\`\`\`text\n${text}\n\`\`\`\``);
  return [`## ${name} ${version}`, `Licence: ${license}`, ...(quoted.length > 0 ? quoted : [none])];
}

/** The document that travels with the bundle. */
export const renderNotices = (packages) =>
  [
    '# Third-party notices',
    'The program is bundled. These packages are in the bundle, each under its own licence.',
    ...packages.flatMap(describe),
    '',
  ].join('\n\n');
