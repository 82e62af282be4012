import { defineCheck, hashConfig } from '../../src/kit.ts';

/** A place in git whose copy of the configuration may be followed, and that copy's digest. */
interface Copy {
  readonly name: string;
  readonly digest: string | undefined;
}

const short = (digest: string): string => digest.slice(0, 12);

const hashOf = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : hashConfig(text);

/**
 * Secrets go where the configuration says. So it has to be one that people have agreed on: the protected branch's, or
 * the one that goes out with the release (T19).
 */
export default defineCheck({
  id: 'source.configuration',
  title: 'Configuration is the one that was agreed on',
  runbook: 'T19',
  gates: ['preflight'],
  needs: ['git'],
  absent: ({ runbook, env, environment, config }) => {
    if (runbook.sandbox) return 'a sandbox writes its own configuration';
    if (!environment.protected) return `${env} is not protected`;
    return config === undefined ? 'the configuration lies in no repository' : undefined;
  },
  probe: async ({ git }, { runbook: { source }, release, config }): Promise<readonly Copy[]> => {
    const places = [
      { name: source.main, commit: await git.branchTip(source.main) },
      ...(release?.commit === undefined ? [] : [{ name: release.version, commit: release.commit }]),
    ];
    const read = places.map(async ({ name, commit }) => ({
      name,
      digest: commit && config && hashOf(await git.readFile(commit, config.path)),
    }));
    return Promise.all(read);
  },
  judge: (copies, { runbook: { source }, config }) => {
    const { path = '', digest = '' } = config ?? {};
    const same = copies.find((copy) => copy.digest === digest);
    if (same !== undefined)
      return {
        outcome: 'pass',
        said: `${path} is that of ${same.name} (${short(digest)})`,
        evidence: { digest },
      };
    if (copies.every((copy) => copy.digest === undefined))
      return {
        outcome: 'warn',
        said: `${source.main} holds no ${path}, so nothing shows that the one in use was agreed on (${short(digest)})`,
        remedy: `Commit it to ${source.main}: then a change of it is read by somebody.`,
        evidence: { digest },
      };
    return {
      outcome: 'fail',
      said: `${path} (${short(digest)}) is neither that of ${copies.map(({ name }) => name).join(' nor that of ')}`,
      remedy: `See what differs: git diff origin/${source.main} -- ${path}. Take theirs, or let the change be agreed on and merged.`,
      evidence: { digest, copies: copies.map((copy) => ({ ...copy, digest: copy.digest ?? 'none' })) },
    };
  },
});
