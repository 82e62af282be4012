import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { runApprove } from '../../../src/cli/approve/run-approve.ts';
import type { CommandOptions } from '../../../src/cli/command.ts';
import { makeRunId } from '../../../src/engine/run-id.ts';
import type { LedgerEvent } from '../../../src/ledger/event.ts';
import type { RecordedFinding } from '../../../src/ledger/recorded-finding.ts';
import { makeShell } from '../../../src/services/shell/real.ts';
import { MemoryLedger } from '../../support/memory/ledger.ts';
import { endOf, gitAlone, makeCliWorld, type WantedWorld } from '../cli-world.ts';

export const COMMIT = 'c0ffee1'.padEnd(40, '0');
export const SCOPE = 'rur2/production';

const point = (
  title: string,
  roles: readonly string[],
  outcomes: readonly string[],
  afterMinutes: number,
) => ({
  ...{ title, roles, outcomes, inputs: ['what is known'] },
  ...{ anchor: 'T_open', afterMinutes },
});

export const RUNBOOK = {
  roles: Object.fromEntries(
    ['product-owner', 'engineering-lead', 'devops-lead', 'deployment-lead', 'qa'].map((role) => [
      role,
      { title: role },
    ]),
  ),
  people: {
    pat: { name: 'Pat Example', email: 'pat@example.com', github: 'pat-hub', roles: ['product-owner'] },
    robin: { name: 'Robin Example', email: 'robin@example.com', roles: ['engineering-lead', 'devops-lead'] },
    sam: { name: 'Sam Example', email: 'sam@example.com', roles: ['devops-lead', 'deployment-lead'] },
  },
  decisions: {
    1: point('May we deploy?', ['product-owner', 'engineering-lead', 'devops-lead'], ['GO', 'NO-GO'], 0),
    2: point('Go on?', ['deployment-lead', 'engineering-lead'], ['CONTINUE', 'ROLLBACK'], 0),
    3: point('Did it go well?', ['deployment-lead', 'engineering-lead'], ['SUCCESS', 'ROLLBACK'], 0),
    4: point(
      'Is it complete?',
      ['product-owner', 'engineering-lead'],
      ['RELEASE COMPLETE', 'INVESTIGATE'],
      120,
    ),
  },
};

/** A machine of a person: a folder with git's own settings, and an SSH key. */
export interface Machine {
  readonly folder: string;
  readonly key: string;
  /** A line for the file of allowed signers; options go in front of the key. */
  line(options?: string): string;
}

/** Machines that are gone when the file is over. */
export function makeMachines() {
  const root = mkdtempSync(join(tmpdir(), 'release-machines-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  return (name: string): Machine => {
    const folder = join(root, name);
    const key = join(folder, 'id');
    mkdirSync(folder, { recursive: true });
    const git = (...words: string[]) => execFileSync('git', words, { cwd: folder, stdio: 'ignore' });
    git('init', '--quiet');
    git('config', 'user.email', `${name}@example.com`);
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key, '-C', name]);
    const [kind, body] = readFileSync(`${key}.pub`, 'utf8').split(' ');
    return {
      folder,
      key,
      line: (options = '') => `${name}@example.com ${options}${options ? ' ' : ''}${kind} ${body}\n`,
    };
  };
}

export interface WantedApproval extends WantedWorld {
  readonly signers?: string;
  readonly over?: Record<string, unknown>;
}

const GOOD: readonly Pick<RecordedFinding, 'check' | 'outcome' | 'said'>[] = [
  { check: 'tests.e2e', outcome: 'pass', said: '98.2 %' },
  { check: 'database.pool-headroom', outcome: 'pass', said: '9 of 100' },
];

/** A release that is prepared, a ledger that all share, and whoever signs from a machine of their own. */
export function makeApprovalWorld({ signers = '', over = {}, ...wanted }: WantedApproval = {}) {
  const world = makeCliWorld({
    ...{ command: 'approve', branches: { main: 'a'.repeat(40), 'release/v2.1.0': COMMIT } },
    files: { allowed_signers: signers },
    runbook: gitAlone({ ...RUNBOOK, ...over }),
    terminal: { canAsk: true },
    ...wanted,
    services: { shell: makeShell(), ...wanted.services },
  });
  let nth = 0;
  const random = (): number => {
    nth += 1;
    return nth / 100_000;
  };
  const note = async (
    findings = GOOD,
    call: 'go' | 'hold' | 'no-go' = 'go',
    because: readonly string[] = [],
  ) => {
    const at = world.context.clock.now().toISOString();
    const id = `preflight-${makeRunId(world.context.clock, random)}-${nth}`;
    const full = findings.map((one) => ({ ...one, at, freshForMs: 2_700_000, digest: 'd' }));
    await world.ledger.note(SCOPE, {
      ...{ id, run: id, type: 'gate.decided' },
      data: {
        ...{ gate: 'preflight', call, because, counts: {}, version: 'v2.1.0', digest: 'e' },
        ...{ commit: COMMIT, config: world.wired.digest, findings: full },
      },
    });
  };
  /** `release approve` on this machine; `words` are its flags. */
  const approve = (
    machine: Machine | undefined,
    words: CommandOptions = {},
    version: string | undefined = 'v2.1.0',
  ) => {
    const ledger = new MemoryLedger(world.store, {
      actor: 'x',
      host: machine?.folder ?? 'h',
      clock: world.wired.clock,
    });
    const flags = { ...world.context.flags, yes: true };
    const context = { ...world.context, random, flags, cwd: machine?.folder ?? process.cwd() };
    return endOf(runApprove(version === '' ? [] : [version], words, context, { ...world.wired, ledger }));
  };
  const signed = (machine: Machine, words: CommandOptions) =>
    approve(machine, { key: machine.key, ...words });
  const approvals = () =>
    world.entriesOf('approval.recorded') as Extract<LedgerEvent, { type: 'approval.recorded' }>[];
  return { ...world, note, approve, signed, approvals };
}
