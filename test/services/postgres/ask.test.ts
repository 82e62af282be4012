import type { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { isReleaseError } from '../../../src/domain/failure.ts';
import { makeAddress } from '../../../src/services/postgres/address.ts';
import { askIn } from '../../../src/services/postgres/ask.ts';

const address = makeAddress('the database', '', 'postgres://app@127.0.0.1:5432/app');
const row = z.object({ n: z.number() });

/** A session that takes questions before it has answered the last one; `begin` is answered when it is told so. */
function openSession() {
  const asked: string[] = [];
  let begin: { readonly go: () => void; readonly refuse: () => void } | undefined;
  const query = (order: string | { readonly text: string }): Promise<unknown> => {
    const sql = typeof order === 'string' ? order : order.text;
    asked.push(sql.split(' ')[0] ?? '');
    if (!sql.startsWith('begin')) return Promise.resolve({ rows: [{ n: 1 }] });
    return new Promise((resolve, reject) => {
      const refuse = () => reject(Object.assign(new Error('no transaction now'), { code: '25006' }));
      begin = { go: () => resolve({ rows: [] }), refuse };
    });
  };
  const client = { pipeline: true, query } as unknown as Client;
  return { client, asked, begin: () => begin };
}

const question = (onlyLooks: boolean) => ({
  doing: 'count',
  ...(onlyLooks ? { onlyLooks: true as const } : {}),
  read: async (rows: Parameters<Parameters<typeof askIn>[2]['read']>[0]) =>
    (await rows(row, 'select 1 as n'))[0]?.n,
});

describe('a question in a pipeline', () => {
  it('goes one way with the beginning of its transaction when it only looks', async () => {
    const { client, asked, begin } = openSession();
    const answer = askIn(client, address, question(true));
    expect(asked).toEqual(['begin', 'select']);
    begin()?.go();
    expect(await answer).toBe(1);
    expect(asked).toEqual(['begin', 'select', 'commit']);
  });

  it('answers nothing when its transaction did not begin, whatever came', async () => {
    const { client, begin } = openSession();
    const answer = askIn(client, address, question(true)).catch((error: unknown) => error);
    begin()?.refuse();
    expect(isReleaseError(await answer)).toBe(true);
  });

  it('waits for the beginning when its statements may be somebody else’s', async () => {
    const { client, asked, begin } = openSession();
    const answer = askIn(client, address, question(false)).catch((error: unknown) => error);
    expect(asked).toEqual(['begin']);
    begin()?.refuse();
    expect(isReleaseError(await answer)).toBe(true);
    expect(asked).toEqual(['begin']);
  });
});
