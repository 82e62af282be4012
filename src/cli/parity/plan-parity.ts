import type { CommandResult } from '../command.ts';
import { EXIT } from '../exit.ts';
import type { Wired } from '../wired.ts';
import type { ParityRequest } from './parity-request.ts';

const JOURNAL = { drizzle: 'drizzle.__drizzle_migrations', schema_migrations: 'schema_migrations' } as const;

/** `--plan`: the addresses and the questions. Nothing is sent. */
export function planParity({ between }: ParityRequest, { services, runbook, env }: Wired): CommandResult {
  const journal = JOURNAL[runbook.migrations?.journal ?? 'drizzle'];
  const asked = between.map((name) => ({
    env: name,
    url: services.app.inventoryAddress(name),
    secrets: [runbook.environments[name]?.health.token, runbook.environments[name]?.database?.url].flatMap(
      (secret) => (secret === undefined ? [] : [secret.slice(1)]),
    ),
    queries: [`rows of ${journal}`, 'catalogue of the schema (pg_catalog), in a read-only transaction'],
  }));
  const lines = asked.flatMap(({ env: name, url, secrets, queries }) => [
    `  ${name}`,
    `    GET  ${url}`,
    ...queries.map((query) => `    SQL  ${query}`),
    `    with ${secrets.join(', ')}`,
    '',
  ]);
  const git = `  git    lockfile, .env.example, Node.js and migrations of both commits, from ${runbook.source.remote}`;
  return {
    exitCode: EXIT.ok,
    result: { asked },
    text: ['release parity would ask, and change nothing', '', ...lines, git].join('\n'),
    next: [],
    warnings: [],
    env,
    sandbox: runbook.sandbox,
  };
}
