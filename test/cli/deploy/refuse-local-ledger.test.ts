import { describe, expect, it } from 'vitest';
import { refuseLocalLedger } from '../../../src/cli/deploy/refuse-local-ledger.ts';
import { runDeploy } from '../../../src/cli/deploy/run-deploy.ts';
import { exitCodeOf } from '../../../src/cli/exit-by-code.ts';
import { parseWords } from '../../../src/cli/program.ts';
import { runRollback } from '../../../src/cli/rollback/run-rollback.ts';
import type { Environment } from '../../../src/config/schema/index.ts';
import { endOf, gitAlone, makeCliWorld, tagOf } from '../cli-world.ts';

const inFull = { yes: true, env: 'production', envIsTyped: true };

/** A world whose production keeps its ledger like this. */
function openWith(ledger: object, isProtected = true) {
  const runbook = gitAlone({
    environments: { production: { url: 'https://rur2.example', protected: isProtected, ledger } },
  });
  const world = makeCliWorld({
    flags: inFull,
    runbook,
    branches: { main: 'a'.repeat(40) },
    tags: [tagOf('v2.1.0'), tagOf('v2.0.3')],
  });
  const run = (line: string) => {
    const { args, options } = parseWords(line.split(' '), {});
    const work = line.startsWith('deploy') ? runDeploy : runRollback;
    return endOf(work(args, options, world.context, world.wired));
  };
  const environment = runbook.environments.production as Environment;
  const refused = (options = {}) => {
    try {
      refuseLocalLedger(options, { env: 'production', environment });
      return undefined;
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  return { ...world, run, refused };
}

describe('a protected environment whose ledger only this machine has', () => {
  it('is not deployed, and nothing was asked of anybody', async () => {
    const { run, asked } = openWith({ store: 'file' });
    const { code, next } = await run('deploy v2.1.0');
    expect([code, exitCodeOf(String(code)), asked]).toEqual(['E_LEDGER_LOCAL', 2, []]);
    expect(next).toContain('--local-ledger');
    expect(next).toContain('ledger: { store: file, local: true }');
  });

  it('is deployed on a word, for once or for good', async () => {
    expect((await openWith({ store: 'file' }).run('deploy v2.1.0 --local-ledger')).code).not.toBe(
      'E_LEDGER_LOCAL',
    );
    expect(openWith({ store: 'file' }).refused({ localLedger: true })).toBeUndefined();
    expect(openWith({ store: 'file', local: true }).refused()).toBeUndefined();
  });

  it('is taken back without it: a rollback waits for no decision', async () => {
    const { run, entriesOf } = openWith({ store: 'file' });
    const { code } = await run('rollback --to v2.0.3 --env production --yes');
    expect([code, entriesOf('run.planned').length]).toEqual([undefined, 1]);
  });
});

it.each([
  ['in git', { store: 'git' }, true],
  ['in PostgreSQL', { store: 'postgres', url: '$LEDGER' }, true],
  ['in files, of an environment that is not protected', { store: 'file' }, false],
])('a ledger %s needs no word', (_, ledger, isProtected) => {
  expect(openWith(ledger, isProtected).refused()).toBeUndefined();
});
