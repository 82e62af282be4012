import { stringify } from 'yaml';
import { type Answers, type Strategy, slugOf } from './answers.ts';
import type { Detected } from './detected.ts';

const HEAD = `# yaml-language-server: $schema=./node_modules/release-runbook/schema/runbook.schema.json
#
# The release runbook of this application.
# docs/config.md of release-runbook explains every key.
# - Secrets are named ($LIKE_THIS), never written. Values come from the
#   environment or from .env.runbook.
# - What is not configured is left out of checks and plans, and said so:
#   neon, stripe, smoke, people, window …
# - release config check tells every problem with its line, and which secrets
#   are missing.
`;

const HOSTS: Readonly<Record<Strategy, object>> = {
  push: { strategy: 'push' },
  manual: {
    strategy: 'manual',
    instructions: [
      'Bring {commit} ({version}) onto the platform.',
      'Press Publish, and wait until it says so.',
    ],
  },
  command: { strategy: 'command', publish: 'npm run publish-release' },
  'github-workflow': {
    strategy: 'github-workflow',
    workflow: 'deploy.yml',
    inputs: { version: '{version}' },
  },
};

const REPLIT = {
  strategy: 'manual',
  instructions: [
    'Open the app on replit.com, Git pane, and pull {commit} ({version}).',
    'Open Publishing, compare the secrets, and press Republish.',
    'Wait until the status says Published.',
  ],
};

const hostOf = ({ strategy }: Answers, { replit }: Detected): object =>
  strategy === 'manual' && replit ? REPLIT : HOSTS[strategy];

/**
 * Where candidates are tried the release branch is there already. A platform that publishes by itself follows one branch for good,
 * which a deploy moves to the candidate.
 */
const branchOf = ({ strategy }: Answers): object => ({
  branch: strategy === 'push' ? 'staging' : 'release/{version}',
});

function environmentsOf(answers: Answers, found: Detected): object {
  const host = hostOf(answers, found);
  const one = (url: string, name: 'PROD' | 'STAGING', more: object) => ({
    url,
    ...more,
    health: { path: '/health' },
    host,
    ...(found.postgres ? { database: { url: `$DATABASE_URL_${name}` } } : {}),
  });
  return {
    production: one(answers.production, 'PROD', { protected: true }),
    ...(answers.staging === undefined ? {} : { staging: one(answers.staging, 'STAGING', branchOf(answers)) }),
  };
}

const sourceOf = ({ remote = 'origin', main = 'main', develop, candidates }: Detected): object => ({
  remote,
  main,
  // Without a branch of its own for development, releases are cut from main.
  develop: develop ?? main,
  versionFiles: ['package.json'],
  // Who has never tagged a candidate would wait for one at the first preflight.
  freeze: { candidates: candidates === true },
});

function migrationsOf({ migrations }: Detected): object {
  if (migrations === undefined) return {};
  const { folder, journal } = migrations;
  return { migrations: { folder, journal, journalFile: `${folder}/meta/_journal.json` } };
}

const servicesOf = ({ strategy }: Answers, { repository }: Detected): object =>
  strategy === 'github-workflow'
    ? { services: { github: { repository: repository ?? 'owner/name', token: '$GITHUB_TOKEN' } } }
    : {};

/** The text of runbook.config.yaml; it passes `release config check` as it is. */
export function writeConfig(answers: Answers, found: Detected): string {
  const config = {
    service: slugOf(found.name ?? answers.product),
    product: answers.product,
    timezone: answers.timezone,
    defaultEnv: 'production',
    source: sourceOf(found),
    environments: environmentsOf(answers, found),
    ...servicesOf(answers, found),
    ...migrationsOf(found),
  };
  // An alias for every repeated part would be a riddle to whoever reads YAML for the first time.
  return `${HEAD}\n${stringify(config, { aliasDuplicateObjects: false, lineWidth: 120 })}`;
}
