import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandOptions, CommandResult } from '../../../src/cli/command.ts';
import { run } from '../../../src/cli/commands/prepare.ts';
import type { GlobalFlags } from '../../../src/cli/context.ts';
import { makeTempOrigin, type TempOrigin } from '../../support/temp-origin.ts';
import { makeTestContext } from '../../support/test-context.ts';

const config = (source: string): string => `
service: shop
product: Shop
timezone: America/New_York
environments:
  production: { url: https://shop.example.com }
source: { ${source} }
`;

/** A repository with one release behind it, and the command that prepares the next one, as its user calls it. */
export interface PrepareWorld extends TempOrigin {
  /** Another world that stands where this one does: what many tests begin with is prepared once. */
  copy(): PrepareWorld;
  /** Checks out a branch as the origin has it. */
  checkout(branch: string): void;
  /** Refs of the origin, without the ledger's. */
  refs(): Readonly<Record<string, string>>;
  show(ref: string, file: string): string;
  subjects(range: string): readonly string[];
  prepare(
    version: string | undefined,
    options?: CommandOptions,
    flags?: Partial<GlobalFlags>,
    cwd?: string,
  ): Promise<CommandResult>;
}

function makeReleased(): TempOrigin {
  const place = makeTempOrigin();
  place.commit('CHANGELOG.md', '# Changelog\n\n## [2.0.3] - 2026-11-01\n\n- first\n');
  place.commit('package.json', '{\n  "name": "shop",\n  "version": "2.0.3"\n}\n', 'Prepare 2.0.3');
  place.script(`git tag -a v2.0.3 -m 'Release v2.0.3'
    git checkout --quiet -b develop
    git push --quiet origin main develop v2.0.3`);
  return place;
}

/** Made once: it takes a dozen processes, and each test begins with a copy. */
let released: TempOrigin | undefined;

/** `develop` and `main` at v2.0.3, with a changelog. `source`: of the configuration. */
export function makePrepareWorld(source = 'versionFiles: [package.json]'): PrepareWorld {
  released ??= makeReleased();
  const place = released.copy();
  writeFileSync(join(place.work, 'runbook.config.yaml'), config(source));
  return openWorld(place);
}

function openWorld(place: TempOrigin, before = 0): PrepareWorld {
  const { work, git, script } = place;
  let calls = before;
  return {
    ...place,
    copy: () => openWorld(place.copy(), calls),
    checkout: (branch) => void script('git fetch --quiet origin; git checkout --quiet "$1"', branch),
    refs: () =>
      Object.fromEntries(
        git('ls-remote', 'origin', 'refs/heads/*', 'refs/tags/*')
          .split('\n')
          .map((line) => line.split('\t'))
          .map(([sha = '', ref = '']) => [ref, sha] as const)
          .filter(([ref]) => !ref.endsWith('^{}')),
      ),
    show: (ref, file) => script('git fetch --quiet --tags origin && git show "$1"', `${ref}:${file}`),
    subjects: (range) =>
      script('git fetch --quiet --tags origin && git log --format=%s "$1"', range).split('\n'),
    prepare: (version, options = {}, flags = { yes: true }, cwd = work) => {
      const { context } = makeTestContext({ command: 'prepare', flags });
      // Each call is a run of its own.
      calls += 1;
      const random = () => calls / 1000;
      return run(version === undefined ? [] : [version], options, { ...context, cwd, random });
    },
  };
}
