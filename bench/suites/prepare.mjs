// M15: cutting a release of 61 commits against the same in a shell: branch, version, changelog, tag, one push to a bare
// repository on this machine. Each round begins with a repository, a clone and a git cache of its own.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, ratioMetric, round, timeOnce } from '../measure.mjs';

const COMMITS = 61;
const WHO = { GIT_AUTHOR_NAME: 'Bench', GIT_AUTHOR_EMAIL: 'bench@example.com' };
const ENV = { ...WHO, GIT_COMMITTER_NAME: 'Bench', GIT_COMMITTER_EMAIL: 'bench@example.com' };

const CONFIG = `service: shop
product: Shop
timezone: America/New_York
environments:
  production: { url: https://shop.example.com, ledger: { store: file, local: true } }
source: { versionFiles: [package.json] }
`;

/** The same by hand: what the program reads back, proves and records is left out. */
const BY_HAND = `set -e
git checkout --quiet -b release/v2.1.0 origin/develop
sed -i 's/"version": "2.0.3"/"version": "2.1.0"/' package.json
{ echo '# Changelog'; echo; echo '## [2.1.0]'; echo; git log --format='- %s' v2.0.3..HEAD; tail -n +2 CHANGELOG.md; } > new
mv new CHANGELOG.md
git commit --quiet -a -m 'Prepare 2.1.0'
git tag -a v2.1.0-rc.1 -m 'Candidate of v2.1.0'
git push --quiet --atomic origin release/v2.1.0 v2.1.0-rc.1`;

/** A bare repository with v2.0.3 on main and 61 commits more on develop. */
function makeOrigin(folder) {
  const [origin, work] = ['origin.git', 'first'].map((name) => join(folder, name));
  const git = (...args) => execFileSync('git', args, { cwd: work, env: { ...process.env, ...ENV } });
  mkdirSync(work);
  git('init', '--quiet', '-b', 'main');
  const commit = (file, text, message) => {
    writeFileSync(join(work, file), text);
    git('add', '-A');
    git('commit', '--quiet', '-m', message);
  };
  commit('CHANGELOG.md', '# Changelog\n\n## [2.0.3] - 2026-11-01\n\n- first\n', 'Begin');
  commit('package.json', '{\n  "name": "shop",\n  "version": "2.0.3"\n}\n', 'Prepare 2.0.3');
  git('tag', '-a', 'v2.0.3', '-m', 'Release v2.0.3');
  git('checkout', '--quiet', '-b', 'develop');
  for (let i = 1; i <= COMMITS; i += 1) commit(`file-${i % 20}`, `${i}\n`, `feat: the thing number ${i}`);
  execFileSync('git', ['clone', '--quiet', '--bare', work, origin]);
  return origin;
}

/** A repository and a clone for one run. */
function makeRoom(folder, name, template) {
  const [origin, work] = [`${name}.git`, name].map((one) => join(folder, one));
  cpSync(template, origin, { recursive: true });
  execFileSync('git', ['clone', '--quiet', '--branch', 'main', origin, work]);
  writeFileSync(join(work, 'runbook.config.yaml'), CONFIG);
  return work;
}

/** The nearest that others do: the first only bumps and tags, the last only finds out which version would be next. */
const listOthers = (peers) => {
  if (peers === undefined) return {};
  const semantic = ['--no-ci', '--dry-run', '--branches', 'develop', '--plugins'];
  return {
    'npm version': ['npm', 'version', 'minor'],
    'release-it': [process.execPath, peers['release-it'], 'minor', '--ci', '--npm.publish=false'],
    'semantic-release --dry-run': [
      process.execPath,
      ...[peers['semantic-release'], ...semantic, '@semantic-release/commit-analyzer'],
    ],
  };
};

function timeOther(command, room) {
  execFileSync('git', ['checkout', '--quiet', 'develop'], { cwd: room });
  rmSync(join(room, 'runbook.config.yaml'));
  return timeOnce(command, { cwd: room, env: ENV });
}

/** Wall and processor time of the program, of the script and of others, `n` rounds after one that warms up. */
function measureRounds(folder, { n, bin }, others) {
  const template = makeOrigin(folder);
  const names = Object.keys(others);
  const samples = Object.fromEntries(['ours', 'hand', ...names].map((who) => [who, []]));
  for (let round = 0; round <= n; round += 1) {
    const [ours, hand] = ['ours', 'hand'].map((who) => makeRoom(folder, `${who}-${round}`, template));
    const release = [process.execPath, bin, 'prepare', 'v2.1.0'];
    // The clone of the script is there, too; whoever prepares has looked before.
    timeOnce([...release, '--plan'], { cwd: ours, env: ENV });
    const took = {
      ours: timeOnce([...release, '--yes'], { cwd: ours, env: ENV }),
      hand: timeOnce(['bash', '-c', BY_HAND], { cwd: hand, env: ENV }),
    };
    for (const who of names)
      took[who] = timeOther(others[who], makeRoom(folder, `${who}-${round}`, template));
    if (round > 0) for (const [who, one] of Object.entries(took)) samples[who].push(one);
  }
  return samples;
}

/** One preparation against the same in a shell, beside what comes nearest of the release tools that are given by name. */
export function measurePrepare({ n, bin, peers }) {
  const folder = mkdtempSync(join(tmpdir(), 'release-bench-prepare-'));
  try {
    const { ours, hand, ...others } = measureRounds(folder, { n, bin }, listOthers(peers));
    const title = `prepare, ${COMMITS} commits`;
    const basis = { basis: 'wall', what: 'bash and git' };
    const made = ratioMetric({ id: 'M15.prepare', title, ours, floor: hand, ...basis, must: 4, reach: 3 });
    const beside = Object.entries(others).map(([what, samples]) => ({
      what,
      value: round(median(samples.map(({ wall }, i) => wall / hand[i].wall))),
    }));
    return [{ ...made, metric: { ...made.metric, peers: beside } }];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
