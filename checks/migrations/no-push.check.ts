import { defineCheck, ReleaseError } from '../../src/kit.ts';

/** A place that runs by itself when the application is built, started or deployed, and what it runs. */
interface Line {
  readonly place: string;
  readonly text: string;
}

const PUSH = /\bdrizzle-kit\s+push\b|\bdb:push\b|\bprisma\s+db\s+push\b/;
/** Scripts that nobody types: platforms and npm run them. Others are a developer's own. */
const RUNS_BY_ITSELF = /^(?:(?:pre|post)?(?:install|build|start|deploy)|prepare|release|ci)(?::|$)/;
const WORKFLOWS = '.github/workflows';

function scriptsOf(manifest: string | undefined): readonly Line[] {
  try {
    const { scripts } = JSON.parse(manifest ?? '{}') as { scripts?: Record<string, unknown> };
    return Object.entries(scripts ?? {})
      .filter(([name]) => RUNS_BY_ITSELF.test(name))
      .map(([name, text]) => ({ place: `package.json scripts.${name}`, text: String(text) }));
  } catch {
    throw new ReleaseError('E_FILE_SHAPE', {
      what: 'package.json of the release cannot be read.',
      why: 'It is no JSON, so nobody knows what its scripts run.',
      next: 'Repair it on the release branch.',
      state: 'untouched',
    });
  }
}

const linesOf = (place: string, text: string | undefined): readonly Line[] =>
  (text ?? '').split('\n').map((line, i) => ({ place: `${place}:${i + 1}`, text: line.replace(/#.*$/, '') }));

/** `db:push` compares and alters without the reviewed files: what was rehearsed would not be what runs (E-50). */
export default defineCheck({
  id: 'migrations.no-push',
  title: 'Nothing changes the schema behind the migrations',
  runbook: ['MIG-05', 'HOP-04'],
  gates: ['preflight'],
  needs: ['git'],
  weight: 'advisory',
  absent: ({ release, runbook }) => {
    if (!runbook.migrations) return 'no migrations are configured';
    return release?.commit ? undefined : 'no version was named';
  },
  probe: async ({ git }, { release, environment }) => {
    const commit = release?.commit ?? '';
    const workflows = (await git.listFiles(commit, WORKFLOWS)).filter((path) => /\.ya?ml$/.test(path));
    const texts = await Promise.all(
      [...workflows, '.replit'].map(async (path) => linesOf(path, await git.readFile(commit, path))),
    );
    const host = environment.host;
    const publish = host?.strategy === 'command' ? [{ place: 'host.publish', text: host.publish }] : [];
    return [...scriptsOf(await git.readFile(commit, 'package.json')), ...texts.flat(), ...publish];
  },
  judge: (lines) => {
    const found = lines.filter(({ text }) => PUSH.test(text)).map(({ place }) => place);
    if (found.length === 0) return { outcome: 'pass', said: 'no build, start or workflow pushes a schema' };
    return {
      outcome: 'warn',
      said: `a schema is pushed without its migrations: ${found.slice(0, 4).join(', ')}`,
      remedy: 'Take it out: release deploy applies the reviewed files, and nothing else may.',
    };
  },
});
