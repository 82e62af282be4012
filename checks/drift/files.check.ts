import { createHash } from 'node:crypto';
import { listExampleNames } from '../../src/domain/drift/list-example-names.ts';
import { defineDriftCheck, readBuild } from '../../src/kit.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** `.env.example` and the files that configure the host, by their SHA-256 at the live commit (E-64: not MD5). */
export default defineDriftCheck({
  title: 'Configuration files are as accepted',
  runbook: ['DRF-04'],
  kind: 'file',
  needs: ['git', 'host'],
  read: async (services, { env, runbook }) => {
    const { envExample, files } = runbook.drift;
    const build = await readBuild(services, env);
    const read = async (path: string): Promise<readonly (readonly [string, string])[]> => {
      const text = await services.git.readFile(build.commit, path);
      if (text === undefined) return [];
      const names = path === envExample ? listExampleNames(text) : [];
      return [[path, [sha256(text), ...names].join(' ')]];
    };
    const found = await Promise.all([...new Set([envExample, ...files])].map(read));
    return { build, area: Object.fromEntries(found.flat()) };
  },
});
