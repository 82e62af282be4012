import type { Behaviour } from '../../app/behaviour.ts';
import { migrationFiles } from '../migrations/migration-files.ts';
import { packageFiles } from './package-files.ts';
import { listVersions, type SeedVersion } from './versions.ts';

/** Paths and texts of a checkout. */
export type Tree = Readonly<Record<string, string>>;

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const README = `# RuR2

Assessments of residential facilities. This repository is the SANDBOX of its release runbook: nobody real is served.

- \`npm start\` serves on \`PORT\` over the PostgreSQL of \`DATABASE_URL\`.
- \`migrations/\` holds one file per change and one that takes it back.
- Releases go from \`release/vX.Y.Z\` to \`main\` and carry an annotated tag.
`;

const ENV_EXAMPLE = `DATABASE_URL=
JWT_SECRET=
STRIPE_SECRET_KEY=
STRIPE_WEBHOOK_SECRET=
NEON_API_KEY=
APP_TOKEN=
MAINTENANCE_BYPASS=
SMOKE_ADMIN_TOKEN=
LOG_LEVEL=info
RATE_LIMIT_PER_MINUTE=600
`;

const SETTINGS = `// Everything the application is told by its environment.
export const settings = {
  databaseUrl: process.env.DATABASE_URL,
  jwtSecret: process.env.JWT_SECRET,
  stripe: { key: process.env.STRIPE_SECRET_KEY, webhookSecret: process.env.STRIPE_WEBHOOK_SECRET },
  neon: process.env.NEON_API_KEY,
  appToken: process.env.APP_TOKEN,
  bypass: process.env.MAINTENANCE_BYPASS,
  adminToken: process.env.SMOKE_ADMIN_TOKEN,
  logLevel: process.env.LOG_LEVEL ?? 'info',
  rateLimit: Number(process.env.RATE_LIMIT_PER_MINUTE ?? 600),
};
`;

const bullets = (heading: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : `\n### ${heading}\n${lines.map((line) => `- ${line}\n`).join('')}`;

const section = ({ version, day, features, fixes }: SeedVersion): string =>
  `## [${version}] - ${day}\n${bullets('Features', features)}${bullets('Fixes', fixes)}`;

const behaviourFile = (behaviour: Partial<Behaviour>): string => json({ faults: [], slow: [], ...behaviour });

/** A note for every line of a version's changelog: what its commits bring, beside migrations. */
export const changeNotes = ({ version, features, fixes }: SeedVersion): Tree =>
  Object.fromEntries(
    [...features, ...fixes].map((line, i) => [`docs/changes/${version}-${i + 1}.md`, `${line}\n`]),
  );

/** The whole checkout of a version, with the changelog and the migrations of those before it. */
export function makeTree(version: SeedVersion): Tree {
  const upToHere = listVersions(version);
  return {
    '.env.example': ENV_EXAMPLE,
    '.gitignore': 'node_modules\ndist\n.env\n.env.runbook\n',
    'CHANGELOG.md': `# Changelog\n\n${[...upToHere].reverse().map(section).join('\n')}`,
    'README.md': README,
    'app/behaviour.json': behaviourFile(version.behaviour ?? {}),
    ...packageFiles(version.version, version.dependencies),
    'src/settings.ts': SETTINGS,
    ...Object.assign({}, ...upToHere.map(changeNotes)),
    ...migrationFiles(upToHere.flatMap(({ migrations }) => migrations)),
  };
}
