import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../../../src/cli/exit.ts';
import { parseWords } from '../../../src/cli/program.ts';
import { loadRunbook } from '../../../src/config/load.ts';
import type { Plan } from '../../../src/domain/plan.ts';
import { parseReleaseVersion } from '../../../src/domain/version.ts';
import { planDeploy } from '../../../src/plans/plan-deploy.ts';
import { findStory, STORIES } from '../../../src/sandbox/scenarios/stories.ts';
import { atSpeed, type Scene, type Story, sayExit } from '../../../src/sandbox/scenarios/story.ts';
import { BAD, CANDIDATE, PAST, type SeedVersion } from '../../../src/sandbox/seed/files/versions.ts';
import { makeWorldSecrets } from '../../../src/sandbox/world/make-secrets.ts';
import { isTrouble } from '../../../src/sandbox/world/troubles.ts';
import { writeConfig } from '../../../src/sandbox/world/write-config.ts';

const here = 'http://127.0.0.1:1';
const addresses = {
  app: here,
  origin: '/tmp/origin.git',
  neon: here,
  stripe: here,
  slack: here,
  statuspage: here,
  pagerduty: here,
  github: here,
  platform: here,
  database: 'postgres://owner@127.0.0.1:1/rur2',
  staging: 'http://127.0.0.1:2',
  stagingPlatform: here,
  stagingDatabase: 'postgres://owner@127.0.0.1:1/rur2_staging',
};

/** The plan that a deploy of this version makes in a fresh sandbox. */
function planIn(version: string): Plan {
  const folder = mkdtempSync(join(tmpdir(), 'release-story-'));
  try {
    const file = writeConfig(folder, addresses, makeWorldSecrets());
    const { runbook } = loadRunbook({ cwd: folder, file });
    const facts = {
      version: parseReleaseVersion(version),
      from: 'v2.0.3',
      main: 'a'.repeat(40),
      branch: 'b'.repeat(40),
      branchName: `release/${version}`,
      pending: CANDIDATE.migrations.map(({ tag }) => tag),
      at: '2025-10-01T14:00:00.000Z',
      configDigest: 'd1',
      run: 'r-1',
      notes: {},
    };
    return planDeploy(facts, runbook, 'production');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Run = Extract<Scene, { kind: 'run' }>;
const runsOf = ({ scenes }: Story): Run[] => scenes.filter((scene) => scene.kind === 'run');
const released = (...versions: SeedVersion[]): string[] => versions.map(({ version }) => `v${version}`);
/** What may be named from a scene on: a bad release is prepared in the story itself. */
const knownAt = ({ scenes }: Story, nth: number): string[] =>
  released(
    ...PAST,
    CANDIDATE,
    ...(scenes.slice(0, nth).some(({ kind }) => kind === 'bad-release') ? [BAD] : []),
  );
const versionsIn = (scene: Scene): string[] => {
  if (scene.kind === 'run') return scene.words.filter((word) => /^v\d/.test(word));
  return 'version' in scene ? [scene.version] : [];
};

describe('the stories', () => {
  it('are found by their own names, no two alike', () => {
    const names = STORIES.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(findStory(name)?.name).toBe(name);
    expect(findStory('none of them')).toBeUndefined();
  });

  it('have names that fit the list', () => {
    for (const { name } of STORIES) expect(name.length).toBeLessThanOrEqual(12);
  });

  it('may not be called like what the command does with a sandbox that stays', () => {
    for (const verb of ['up', 'down', 'break', 'mend', 'users']) expect(findStory(verb)).toBeUndefined();
  });
});

describe('the exit of a scene', () => {
  it('is as written, or that of a machine that is too busy where the scene says so, and no other', () => {
    const scene = { exit: 0, orElse: { exit: 3, says: 'too busy' } };
    expect([0, 3, 8].map((code) => sayExit(scene, code))).toEqual(['exit 0', 'exit 3: too busy', undefined]);
    expect(sayExit({ exit: 0 }, 3)).toBeUndefined();
  });
});

describe.each(STORIES.map((story) => [story.name, story] as const))('the story %s', (_, story) => {
  it('types commands that the program understands, and expects exit codes that it has', () => {
    const codes: readonly number[] = [...Object.values(EXIT), 137];
    for (const { words, exit, killAt } of runsOf(story)) {
      expect(parseWords(words, {}).spec.name).toBe(words[0]);
      expect(codes).toContain(exit);
      // 137 is a kill, and only a kill.
      expect(exit === 137).toBe(killAt !== undefined);
    }
  });

  it('names the environment and says yes wherever a script would have to', () => {
    for (const { words, exit } of runsOf(story)) {
      const { flags, spec, options } = parseWords(words, {});
      const changes = ['deploy', 'rollback'].includes(spec.name) && !flags.plan;
      if (changes && exit !== EXIT.usage)
        expect(flags, words.join(' ')).toMatchObject({ env: 'production', envIsTyped: true, yes: true });
      // Whoever orders a rollback beforehand says of what.
      if (options.autoRollback !== undefined)
        expect(flags).toMatchObject({ env: 'production', envIsTyped: true });
    }
  });

  it('names versions that the sandbox has by then', () => {
    for (const [nth, scene] of story.scenes.entries())
      for (const version of versionsIn(scene)) expect(knownAt(story, nth)).toContain(version);
  });

  it('watches at the speed of its sandbox, and only what people use since before the release', () => {
    for (const [nth, scene] of story.scenes.entries()) {
      if (scene.kind !== 'run' || scene.words[0] !== 'watch') continue;
      const { options } = parseWords(
        scene.words.map((word) => atSpeed(word, 90)),
        {},
      );
      expect(options.timeScale).toBe('90');
      expect(`${scene.words.join(' ')} ${scene.says}`).toMatch(/--for|--auto-rollback/);
      const before = story.scenes.slice(0, nth);
      const [came, released] = [
        before.findIndex(({ kind }) => kind === 'users'),
        before.findIndex((one) => one.kind === 'run' && one.words[0] === 'deploy'),
      ];
      expect(came).toBeGreaterThanOrEqual(0);
      expect(came).toBeLessThan(released);
    }
  });

  it('kills the program at an entry that its plan really has', () => {
    for (const { words, killAt } of runsOf(story)) {
      if (killAt === undefined) continue;
      const names = planIn(words[1] ?? '').entries.map(({ name }) => name);
      expect(names).toContain(killAt);
    }
  });

  it('breaks only what can be broken, and mends everything before it ends', () => {
    const broken = new Set<string>();
    for (const scene of story.scenes) {
      if (scene.kind !== 'break' && scene.kind !== 'mend') continue;
      expect(isTrouble(scene.what)).toBe(true);
      if (scene.kind === 'mend') expect(broken.delete(scene.what)).toBe(true);
      else broken.add(scene.what);
    }
    expect([...broken]).toEqual([]);
  });

  it('says something at every scene, and what it meant at the end', () => {
    for (const { says } of story.scenes) expect(says).toMatch(/\S.*[.?]$/);
    expect(story.moral).toMatch(/\.$/);
  });
});

it('POST-14: every story that has a run of its own ends with the page about it, beside what Slack showed', () => {
  const changes = (scene: Scene) =>
    scene.kind === 'run' && ['deploy', 'rollback'].includes(scene.words[0] ?? '') && scene.exit === 0;
  for (const { name, scenes } of STORIES) {
    const last = scenes.at(-1);
    const isReport =
      last?.kind === 'run' && last.words.join(' ') === 'report --out .release/demo/report.html';
    expect([name, isReport]).toEqual([name, scenes.some(changes)]);
  }
});
