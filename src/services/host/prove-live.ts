import type { HostTarget } from '../../config/schema/index.ts';
import { sayDuration, seconds } from '../../domain/duration.ts';
import { isReleaseError, ReleaseError } from '../../domain/failure.ts';
import { notConfigured } from '../../domain/not-configured.ts';
import { isSameBuild, isSameVersion } from '../../domain/same-build.ts';
import { withoutStop } from '../../domain/screen-text.ts';
import { bareVersion } from '../../domain/version.ts';
import type { Following, LiveProof, LiveVersion, WantedVersion } from './port.ts';
import type { HostRoom } from './room.ts';

/** One question of the health endpoint. */
type Ask = (signal?: AbortSignal) => Promise<LiveVersion>;

type Heard =
  | { readonly kind: 'right'; readonly live: LiveVersion }
  | { readonly kind: 'other'; readonly said: string };

/** What may be wrong only for now. Anything else, like another environment's application, no waiting heals. */
const PASSING: readonly string[] = ['E_APP_DOWN', 'E_HEALTH_SHAPE', 'E_NETWORK', 'E_ANSWER_TOO_LARGE'];

const sayBuild = ({ version, commit }: LiveVersion, wanted: WantedVersion): string =>
  isSameVersion(version, wanted) && commit !== undefined
    ? `${version} of another commit (${commit.slice(0, 12)})`
    : version;

async function listen(ask: Ask, wanted: WantedVersion, signal?: AbortSignal): Promise<Heard> {
  try {
    const live = await ask(signal);
    if (isSameBuild(live, wanted)) return { kind: 'right', live };
    return { kind: 'other', said: `${sayBuild(live, wanted)} answers` };
  } catch (error) {
    if (isReleaseError(error) && PASSING.includes(error.code))
      return { kind: 'other', said: error.text.what };
    throw error;
  }
}

const WAYS_ON: Readonly<Record<HostTarget['strategy'], string>> = {
  push: 'Look whether the platform publishes by itself when the branch moves (E-41)',
  command: 'Look at what the publish command did',
  'github-workflow': 'Look at the workflow’s log',
  manual: 'Do the clicks that publish it',
};

function notLive(
  host: HostTarget,
  wanted: WantedVersion,
  heard: readonly string[],
  tookMs: number,
): ReleaseError {
  const version = bareVersion(wanted.version);
  const kinds = [...new Set(heard)];
  const last = heard.at(-1) ?? 'nothing was heard';
  const why = kinds.length === 1 ? `All of ${heard.length} answers: ${last}` : `Last: ${last}`;
  return new ReleaseError('E_NOT_LIVE', {
    what: `${version} did not answer ${host.proof.times} times in a row within ${sayDuration(tookMs)}.`,
    why: `${withoutStop(why)}.`,
    next: `${WAYS_ON[host.strategy]}; then resume, or roll back.`,
    state: 'partly-done',
  });
}

/** Tells what changes: the same sentence a hundred times would hide the one that matters. */
function tellChanges(tell: (said: string) => void): (said: string) => void {
  let last = '';
  return (said) => {
    if (said !== last) tell(said);
    last = said;
  };
}

/**
 * Asks until the wanted build answered `times` times in a row, `everySeconds` apart; any other answer starts the count
 * again, because during a change of builds the old one still answers in between (DAY-26, E-78, F63). Throws
 * E_NOT_LIVE when the deadline is reached (F62), E_WRONG_APP at once.
 */
export async function proveLive(
  { env, environment, surroundings: { clock } }: HostRoom,
  ask: Ask,
  wanted: WantedVersion,
  { tell = () => undefined, signal }: Following,
): Promise<LiveProof> {
  const { host } = environment;
  if (host === undefined) throw notConfigured(`environments.${env}.host`);
  const { times, everySeconds, deadlineSeconds } = host.proof;
  const say = tellChanges(tell);
  const start = clock.monotonic();
  const heard: string[] = [];
  for (let inARow = 0; ; ) {
    const answer = await listen(ask, wanted, signal);
    inARow = answer.kind === 'right' ? inARow + 1 : 0;
    const version = bareVersion(wanted.version);
    const said = answer.kind === 'right' ? `${version} answers, ${inARow} of ${times}` : answer.said;
    heard.push(answer.kind === 'right' ? `${version} answers` : said);
    say(answer.kind === 'right' ? said : `waiting for ${version}: ${said}`);
    const tookMs = clock.monotonic() - start;
    if (answer.kind === 'right' && inARow >= times) return proofOf(answer.live, inARow, tookMs);
    // A question asked after the deadline could prove nothing any more.
    if (tookMs + seconds(everySeconds) > seconds(deadlineSeconds)) throw notLive(host, wanted, heard, tookMs);
    await clock.sleep(seconds(everySeconds), signal);
  }
}

const proofOf = ({ version, commit }: LiveVersion, answers: number, tookMs: number): LiveProof => ({
  version,
  ...(commit === undefined ? {} : { commit }),
  answers,
  tookMs,
});
