import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/cli/clock.ts';
import { findLedgerFolder, type LedgerPlace, openLedger } from '../../../src/cli/wiring/open-ledger.ts';
import type { Environment } from '../../../src/config/schema/index.ts';
import { signEvent } from '../../support/ledger-events.ts';
import { makeRunbook } from '../../support/policy.ts';
import { makeTempOrigin, type TempOrigin } from '../../support/temp-origin.ts';
import { makeTestContext } from '../../support/test-context.ts';

let origin: TempOrigin;
beforeAll(() => {
  origin = makeTempOrigin();
});
afterAll(() => origin.remove());

function placeWith(ledger: object | undefined): LedgerPlace {
  const one = { url: 'https://shop.example.com', ...(ledger ? { ledger } : {}) };
  const runbook = makeRunbook({ service: 'shop', environments: { production: one } });
  const environment = runbook.environments.production as Environment;
  return { runbook, environment, root: origin.work, clock: systemClock };
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

  it('has a folder for what stays on this machine, whatever its store is', () => {
    expect(findLedgerFolder(placeWith({ folder: 'records' }))).toBe(join(origin.work, 'records'));
  });
});
