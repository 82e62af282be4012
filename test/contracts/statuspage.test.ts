import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeStatusPage } from '../../src/services/statuspage/real.ts';
import { describeStatusPagePort } from './statuspage-suite.ts';
import { makePageSurroundings, makeRoot, openStatusPage } from './statuspage-world.ts';

describeStatusPagePort('the real Statuspage adapter against the wire server', async () => {
  const { server, page } = await openStatusPage();
  return {
    page,
    texts: async () =>
      server.incidents().flatMap(({ incident_updates: updates }) => updates.map(({ body }) => body)),
    headline: async () => server.headline(),
    close: () => server.close(),
  };
});

interface Kept {
  readonly status: string;
  readonly incidents: readonly { readonly updates: readonly { readonly text: string }[] }[];
}

describeStatusPagePort('the status page that is a file', async () => {
  const { root, remove } = makeRoot();
  const file = join(root, 'public', 'status.json');
  const read = (): Kept | undefined =>
    existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Kept) : undefined;
  return {
    page: makeStatusPage(makePageSurroundings({ kind: 'file', path: 'public/status.json' }, { root })),
    texts: async () => (read()?.incidents ?? []).flatMap(({ updates }) => updates.map(({ text }) => text)),
    headline: async () => read()?.status ?? '',
    close: async () => remove(),
  };
});
