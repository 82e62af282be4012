import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/cli/clock.ts';
import { findLedgerFolder } from '../../../src/cli/wiring/find-ledger-folder.ts';
import { gitOptionsOf } from '../../../src/cli/wiring/git-options.ts';
import { type LedgerPlace, openLedger } from '../../../src/cli/wiring/open-ledger.ts';
import type { Environment } from '../../../src/config/schema/index.ts';
import { makeShell } from '../../../src/services/shell/real.ts';
import { failureOf } from '../../support/failure-of.ts';
import { signEvent } from '../../support/ledger-events.ts';
import { makeRunbook } from '../../support/policy.ts';
import { makeTempOrigin, type TempOrigin } from '../../support/temp-origin.ts';
import { makeTestContext } from '../../support/test-context.ts';

const LEDGER_URL = 'postgres://ana:canary@127.0.0.1:1/ledger';
const closers: (() => Promise<void>)[] = [];
let origin: TempOrigin;
beforeAll(() => {
  origin = makeTempOrigin();
});
afterAll(() => origin.remove());

function placeWith(ledger: object | undefined): LedgerPlace {
  const one = { url: 'https://shop.example.com', ...(ledger ? { ledger } : {}) };
  const runbook = makeRunbook({ service: 'shop', environments: { production: one } });
  const environment = runbook.environments.production as Environment;
  const secrets = { read: () => LEDGER_URL, has: () => true, learn: () => undefined };
  const atEnd = (close: () => Promise<void>) => void closers.push(close);
  const git = gitOptionsOf(runbook, origin.work, makeShell());
  return {
    runbook,
    environment,
    root: origin.work,
    clock: systemClock,
    env: 'production',
    git,
    secrets,
    atEnd,
  };
}

const open = (ledger?: object) => openLedger(makeTestContext({}).context, placeWith(ledger));

describe('the ledger of an environment', () => {
  it('lies in git on the remote of the code unless the environment says otherwise', async () => {
    const ledger = await open();
    expect(ledger.about.store).toBe('git');
    await ledger.note('shop/production', signEvent('signed'));
    const [line = ''] = origin.git('ls-remote', 'origin', 'refs/release/*').split('\n');
    expect(line).toMatch(/^[0-9a-f]{40}\trefs\/release\/shop\/production$/);
    expect((await (await open()).read('shop/production')).map(({ actor }) => actor)).toEqual(['Dana Ito']);
  });

  it('lies in a folder beside the configuration when it says file', async () => {
    const ledger = await open({ store: 'file', folder: 'records' });
    expect(ledger.about.says).toContain(join(origin.work, 'records'));
    expect(await ledger.read('shop/production')).toEqual([]);
  });

  it('lies in the database that it names when it says postgres, and is let go of at the end', async () => {
    const ledger = await open({ store: 'postgres', url: '$LEDGER_DATABASE_URL' });
    expect(ledger.about).toEqual({ store: 'postgres', says: 'ledger: PostgreSQL at 127.0.0.1:1' });
    expect(closers).toHaveLength(1);
    await closers[0]?.();
    const error = await failureOf(ledger.read('shop/production'));
    expect(error).toMatchObject({ code: 'E_DB_CUT', text: { why: 'the connections were closed' } });
    expect(JSON.stringify(error.text)).not.toContain('canary');
  });

  it('needs the name of a secret for a database', () => {
    expect(() => placeWith({ store: 'postgres' })).toThrow('the postgres store needs the name of a secret');
  });

  it('has a folder for what stays on this machine, whatever its store is', () => {
    expect(findLedgerFolder(placeWith({ folder: 'records' }))).toBe(join(origin.work, 'records'));
  });
});
