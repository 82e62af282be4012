import { bareVersion, isCandidate } from '../../src/domain/version.ts';
import { defineCheck } from '../../src/kit.ts';

const versionIn = (text: string | undefined): string | undefined => {
  try {
    const parsed: unknown = JSON.parse(text ?? '');
    const { version } = (parsed ?? {}) as { version?: unknown };
    return typeof version === 'string' ? version : undefined;
  } catch {
    return undefined;
  }
};

const plain = (version: string): string =>
  isCandidate(version) ? version.replace(/-rc\.\d+$/, '') : version;

export default defineCheck({
  id: 'source.version-files',
  title: 'Version files carry the version',
  runbook: ['HOP-03', 'PRE-02', 'PRE-03'],
  gates: ['preflight'],
  needs: ['git'],
  absent: ({ release }) => (release?.commit ? undefined : 'no version was named'),
  probe: async ({ git }, { release, runbook }) =>
    Promise.all(
      runbook.source.versionFiles.map(async (path) => ({
        path,
        version: versionIn(await git.readFile(release?.commit ?? '', path)),
      })),
    ),
  judge: (files, { release }) => {
    const wanted = plain(bareVersion(release?.version ?? ''));
    const wrong = files.filter((file) => file.version === undefined || plain(file.version) !== wanted);
    if (wrong.length === 0)
      return { outcome: 'pass', said: `${files.map((file) => file.path).join(', ')}: ${wanted}` };
    const said = wrong.map((file) => `${file.path} says ${file.version ?? 'no version'}`).join(', ');
    return {
      outcome: 'fail',
      said: `${said}; wanted ${wanted}`,
      remedy: 'Set the version on the release branch; release prepare does it.',
    };
  },
});
