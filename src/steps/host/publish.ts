import { carriesCandidates } from '../../config/carries-candidates.ts';
import { minutes, seconds } from '../../domain/duration.ts';
import { isReleaseError } from '../../domain/failure.ts';
import { isSameBuild } from '../../domain/same-build.ts';
import { defineStep, type Runbook, type Services } from '../../kit.ts';
import { refuseForeign } from './refuse-foreign.ts';

type Input = { env: string; version: string; candidate?: string; commitOf: string; commit: string };

const wantedOf = (input: Input, facts: Readonly<Record<string, Record<string, unknown>>>) => ({
  version: input.version,
  ...(input.candidate === undefined ? {} : { candidate: input.candidate }),
  commit: input.commit || String(facts[input.commitOf]?.commit ?? ''),
});

const markerOf = (run: string, step: string): string => `${run}/${step}`;

const doneAs = (id: string, commit: string) => ({ state: 'done', done: { id, commit } }) as const;

/**
 * Whether the wanted build answers. With `push` and `manual` nothing is sent, so nothing can happen twice: there an
 * application that is down is simply not the wanted one, and a rollback does not get stuck on it.
 */
async function isLive(
  host: Services['host'],
  env: string,
  wanted: ReturnType<typeof wantedOf>,
): Promise<boolean> {
  try {
    return isSameBuild(await host.liveVersion(env), wanted);
  } catch (error) {
    const sendsNothing = ['push', 'manual'].includes(host.can(env).strategy);
    if (sendsNothing && isReleaseError(error, 'E_APP_DOWN')) return false;
    throw error;
  }
}

/** Where releases are published, a commit that stands in the record alone is compared with git. */
async function seeOurs(
  git: Services['git'],
  { env, commit: planned, version }: Input,
  commit: string,
  runbook: Runbook,
): Promise<void> {
  if (planned !== '' || carriesCandidates(runbook, env)) return;
  await refuseForeign(git, { version, commit, mainBranch: runbook.source.main });
}

/** `since`: when it was ordered (ISO), where this run did; what is logged from then on may be the new build's. */
type Done = { id: string; commit: string; since?: string };

/** Asks the platform to publish a commit (DAY-24). Accepted is not live: `host.prove-live` follows. */
export const publish = defineStep<'host' | 'git', Input, Done>({
  id: 'host.publish',
  def: 1,
  needs: ['host', 'git'],
  effect: 'probeable',
  settleMs: seconds(60),
  timeoutMs: minutes(30),
  stop: 'after',
  title: ({ env, version }) => `Publish ${version} on ${env}`,
  run: async ({ host, git }, input, context) => {
    const { facts, guard, run, runbook, step, tell, signal, clock } = context;
    const wanted = wantedOf(input, facts);
    await seeOurs(git, input, wanted.commit, runbook);
    if (input.commit !== '' && host.can(input.env).strategy === 'push')
      tell(`nothing is pushed: publish the build of ${wanted.commit.slice(0, 12)} in the host's own console`);
    const since = clock.now().toISOString();
    guard();
    const { id } = await host.publish(input.env, wanted, markerOf(run, step), { tell, signal });
    return { id, commit: wanted.commit, since };
  },
  inspect: async ({ host }, input, { facts, run, step }) => {
    const wanted = wantedOf(input, facts);
    const found = await host.findPublish(input.env, markerOf(run, step));
    if (found?.state === 'underway') return { state: 'underway', said: found.said };
    if (found?.state === 'accepted') return doneAs(found.id, wanted.commit);
    return (await isLive(host, input.env, wanted)) ? doneAs('seen live', wanted.commit) : { state: 'absent' };
  },
  undo: {
    kind: 'irreversible',
    because: 'users have already been served by it',
    instead: 'release rollback --to the previous version',
  },
});
