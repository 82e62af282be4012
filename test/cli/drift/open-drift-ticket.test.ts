import { describe, expect, it } from 'vitest';
import { ReleaseError } from '../../../src/domain/failure.ts';
import { openGithub } from '../../contracts/github-world.ts';
import { accept, openDriftWorld, yes } from './drift-world.ts';

type Place = ReturnType<typeof openDriftWorld>;

/** A set-up that was accepted, and from which a required secret is gone. */
async function drifted(github?: Parameters<typeof openDriftWorld>[0]): Promise<Place> {
  const place = openDriftWorld(github);
  await place.run(accept, yes);
  place.world.secret = { DATABASE_URL: '' };
  return place;
}
const failing = (code: `E_${string}`, state: 'untouched' | 'unclear' = 'untouched') =>
  drifted({
    openTicket: async () => {
      throw new ReleaseError(code, { what: 'GitHub refused.', next: 'Look there.', state });
    },
  });
const PASTE = 'Ticket, ready to paste';

describe('DRF-06: the ticket of a drift', () => {
  it('DRF-06: is opened once for a set of changes, also from another machine, and again for another set', async () => {
    const { server, github } = await openGithub();
    try {
      const first = await drifted(github);
      const { result } = await first.run({ issue: true });
      expect(result).toMatchObject({ exitCode: 3, verdict: 'drifted', warnings: [] });
      expect(result.text).toContain(`Ticket    #1 opened: ${server.url}/rur2/app/issues/1`);
      expect(result.text).not.toContain(PASTE);
      const again = [await first.run({ issue: true }), await (await drifted(github)).run({ issue: true })];
      for (const { result: later } of again) expect(later.text).toContain('Ticket    #1 is open already');
      first.world.webhook = { we_1: 'disabled' };
      expect((await first.run({ issue: true })).result.result).toMatchObject({
        ticket: { is: 'opened', number: 2 },
      });
      expect(server.issues().map(({ title }) => title)).toEqual([
        'Configuration drift: RuR2, production: 1 change',
        'Configuration drift: RuR2, production: 2 changes',
      ]);
    } finally {
      await server.close();
    }
  });

  it('DRF-06: is another incident when the one before was closed', async () => {
    const { server, github } = await openGithub();
    try {
      const place = await drifted(github);
      await place.run({ issue: true });
      server.closeIssue(1);
      expect((await place.run({ issue: true })).result.text).toContain('#2 opened');
    } finally {
      await server.close();
    }
  });

  it('DRF-06: is opened for nobody who did not ask, and for no drift', async () => {
    const { server, github } = await openGithub();
    try {
      const place = await drifted(github);
      await place.run();
      await place.run({ notify: true });
      place.world.secret = { JWT_SECRET: '', DATABASE_URL: '' };
      expect((await place.run({ issue: true })).result.verdict).toBe('clean');
      expect(server.calls).toEqual([]);
    } finally {
      await server.close();
    }
  });

  it('DRF-06: is printed where no tracker, or no token, is configured', async () => {
    for (const place of [await drifted(), await failing('E_SECRET_MISSING')]) {
      const { result } = await place.run({ issue: true });
      expect(result.text).toContain(PASTE);
      expect(result).toMatchObject({ exitCode: 3, warnings: [], result: { ticket: { is: 'not-opened' } } });
    }
  });

  it.each([
    ['untouched', 'Ticket not opened: GitHub refused. Look there.'],
    ['unclear', 'Ticket not opened, as far as anybody can tell; look before you open one: GitHub refused.'],
  ] as const)(
    'DRF-06: is printed, and said not to be opened, when GitHub does not clearly say so: %s',
    async (state, said) => {
      const place = await failing('E_GITHUB_REFUSED', state);
      const { result } = await place.run({ issue: true });
      expect(result.text).toContain(PASTE);
      expect(result.warnings).toEqual([expect.stringContaining(said)]);
      expect(result).toMatchObject({ exitCode: 3, verdict: 'drifted' });
    },
  );

  it('DRF-06: shows what a stranger wrote as text, and obeys none of it', async () => {
    const { server, github } = await openGithub();
    try {
      const place = await drifted(github);
      place.world.webhook = { 'we_`1` @all <!-- x -->': 'enabled' };
      await place.run({ issue: true });
      const [issue] = server.issues();
      expect(issue?.body).toContain("`we_'1' @all <!-- x -->`");
    } finally {
      await server.close();
    }
  });
});
