// What the package is made of, as CycloneDX 1.6: the packages in the bundle and those that are installed beside it.
import { readFileSync } from 'node:fs';

const read = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** The package's name as a URL: https://github.com/package-url/purl-spec */
const purlOf = (name, version) => `pkg:npm/${name.replace('@', '%40')}@${version}`;

const componentOf = ({ name, version, license, integrity, scope }) => ({
  type: 'library',
  'bom-ref': purlOf(name, version),
  name,
  version,
  scope,
  purl: purlOf(name, version),
  ...(license ? { licenses: [{ license: { id: license } }] } : {}),
  ...(integrity ? { hashes: [{ alg: 'SHA-512', content: toHex(integrity) }] } : {}),
});

const toHex = (integrity) => Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex');

/** Packages that npm installs beside the bundle, with what they need themselves, as the lockfile has them. */
export function listInstalled(lock) {
  const { dependencies = {}, optionalDependencies = {} } = lock.packages[''];
  const found = new Map();
  const add = (name, scope) => {
    const locked = lock.packages[`node_modules/${name}`];
    if (locked === undefined || found.has(name)) return;
    const { version, license, integrity } = locked;
    found.set(name, { name, version, license, integrity, scope });
    for (const needed of Object.keys(locked.dependencies ?? {})) add(needed, scope);
  };
  for (const name of Object.keys(dependencies)) add(name, 'required');
  for (const name of Object.keys(optionalDependencies)) add(name, 'optional');
  return [...found.values()];
}

/** The document; the same bytes for the same packages. */
export function renderSbom(bundled, own = read('package.json'), lock = read('package-lock.json')) {
  const hashes = new Map(
    Object.entries(lock.packages).map(([place, { version, integrity }]) => [
      `${place.replace(/^.*node_modules\//, '')}@${version}`,
      integrity,
    ]),
  );
  const inBundle = bundled.map((one) => ({
    ...one,
    integrity: hashes.get(`${one.name}@${one.version}`),
    scope: 'required',
  }));
  const components = [...inBundle, ...listInstalled(lock)].map(componentOf);
  const root = purlOf(own.name, own.version);
  const document = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': root,
        name: own.name,
        version: own.version,
        purl: root,
        licenses: [{ license: { id: own.license } }],
      },
    },
    components,
    dependencies: [{ ref: root, dependsOn: components.map((one) => one['bom-ref']) }],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
