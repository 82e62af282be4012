import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StatusOrder } from '../../../src/services/statuspage/port.ts';
import { makeStatusPage } from '../../../src/services/statuspage/real.ts';
import { makePageSurroundings, makeRoot } from '../../contracts/statuspage-world.ts';
import { failureOf } from '../../support/failure-of.ts';

const order: StatusOrder = {
  run: 'r-1',
  state: 'identified',
  title: 'Unavailable',
  text: 'We are going back.',
  impact: 'out',
};

let folder: ReturnType<typeof makeRoot>;
beforeEach(() => {
  folder = makeRoot();
});
afterEach(() => folder.remove());
const makePage = () =>
  makeStatusPage(makePageSurroundings({ kind: 'file', path: 'status.json' }, { root: folder.root }));
const fileOf = () => join(folder.root, 'status.json');

describe('a status page that is a file', () => {
  it('is whole, and leaves nothing beside it', async () => {
    await makePage().tell('production', order);
    expect(readdirSync(folder.root)).toEqual(['status.json']);
    expect(JSON.parse(readFileSync(fileOf(), 'utf8'))).toMatchObject({
      status: 'Outage',
      incidents: [{ run: 'r-1', updates: [{ state: 'identified', at: '2026-11-24T15:00:00.000Z' }] }],
    });
  });

  it('does not write over a file that is somebody else’s', async () => {
    writeFileSync(fileOf(), '{"mine": true}');
    expect(await failureOf(makePage().tell('production', order))).toMatchObject({
      code: 'E_STATUS_PAGE_FILE',
    });
    expect(readFileSync(fileOf(), 'utf8')).toBe('{"mine": true}');
  });

  it('says that it cannot be read or written', async () => {
    mkdirSync(fileOf());
    expect(await failureOf(makePage().list('production'))).toMatchObject({ code: 'E_STATUS_PAGE_FILE' });
  });
});
