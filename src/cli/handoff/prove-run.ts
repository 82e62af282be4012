import type { Proof } from '../../domain/handoff/proof.ts';
import type { JsonObject } from '../../domain/json.ts';
import { bareVersion } from '../../domain/version.ts';
import type { RunState } from '../../ledger/fold.ts';
import type { Week } from '../../ledger/fold-week.ts';
import { sayClock, sayDay } from '../../report/messages/times.ts';
import type { Wired } from '../wired.ts';
import { orUnknown } from './or-unknown.ts';

const LEDGER = 'ledger';

/** HOO-01. */
function proveDeployed({ release, open, version }: Week, zone: string): Proof {
  const at = new Date(open).toISOString();
  const { run, actor, plan } = release;
  const how = plan.command === 'rollback' ? 'brought back' : 'reached users';
  return {
    state: 'holds',
    said: `${version} ${how} ${sayDay(at, zone)}, ${sayClock(at, zone)}, by ${actor}, run ${run}`,
    from: LEDGER,
    at,
    mark: run,
  };
}

interface Smoked {
  readonly call?: string;
  readonly endpoints?: readonly { readonly state: string }[];
}

/** HOO-02. */
function proveSmoke({ facts, run, endedAt }: RunState): Proof {
  const next = 'release smoke';
  const smoke = facts.smoke as unknown as Smoked | undefined;
  if (smoke?.endpoints === undefined)
    return { state: 'unknown', said: 'no smoke test is in the record of the run', from: LEDGER, next };
  const asked = smoke.endpoints.filter(({ state }) => state !== 'skip');
  const good = asked.filter(({ state }) => state === 'pass' || state === 'close');
  const isGood = smoke.call === 'go' && good.length === asked.length && asked.length > 0;
  return {
    state: isGood ? 'holds' : 'not',
    said: `${good.length} of ${asked.length} endpoints`,
    from: LEDGER,
    next,
    mark: run,
    ...(endedAt ? { at: endedAt } : {}),
  };
}

/** HOO-03. */
function proveQuiet({ release, troubles }: Week, runs: readonly RunState[]): Proof {
  const later = runs.slice(runs.indexOf(release) + 1).filter(({ plan }) => plan.command === 'rollback');
  if (release.plan.command === 'rollback')
    return {
      state: 'not',
      said: `what is live came by a rollback, ${release.run}`,
      from: LEDGER,
      next: 'release postmortem',
    };
  const said = [...later.map(({ run }) => `rollback ${run}`), ...troubles];
  return said.length === 0
    ? {
        state: 'holds',
        said: 'none since users came, and nothing called for one',
        from: LEDGER,
        mark: release.run,
      }
    : {
        state: 'not',
        said: said.join('; '),
        from: LEDGER,
        next: 'release status --why',
        mark: said.join(' '),
      };
}

/** HOO-04: what the application says and what the ledger says, both of them. */
const proveVersion = ({ version }: Week, { configured, services, env }: Wired): Promise<Proof> =>
  orUnknown('application', async () => {
    if (!configured.has('host'))
      return {
        state: 'absent',
        said: `${version} by the ledger; no host is configured to ask`,
        from: 'configuration',
      };
    const live = await services.host.liveVersion(env);
    const isSame = bareVersion(live.version) === bareVersion(version);
    return {
      state: isSame ? 'holds' : 'not',
      said: `the application says ${live.version}, the ledger ${version}`,
      from: 'application, ledger',
      next: 'release status',
      mark: live.version,
    };
  });

/** HOO-23: it is looked for now, because a backup that is gone is none. */
const proveBackup = ({ facts }: RunState, { configured, services, env }: Wired): Promise<Proof> =>
  orUnknown('Neon', async () => {
    const name = facts.backup?.name;
    if (!configured.has('neon'))
      return { state: 'absent', said: 'no Neon is configured', from: 'configuration' };
    if (typeof name !== 'string')
      return {
        state: 'unknown',
        said: 'no backup is in the record of the run',
        from: LEDGER,
        next: 'look for it in the console of Neon',
      };
    const found = await services.neon.findBackup(env, name);
    return found?.ready === true
      ? {
          state: 'holds',
          said: `branch ${name} (${found.id}) of ${found.createdAt}, there now`,
          from: 'Neon',
          mark: found.id,
        }
      : {
          state: 'not',
          said: `the branch ${name} is not there`,
          from: 'Neon',
          next: 'release rollback --plan says what is left to go back by',
        };
  });

interface Sent {
  readonly sent?: readonly { readonly channel: string }[];
  readonly missed?: readonly { readonly channel: string }[];
}

const channelsIn = (fact: JsonObject | undefined, key: keyof Sent): readonly string[] =>
  ((fact as unknown as Sent | undefined)?.[key] ?? []).map(({ channel }) => channel);

/** HOO-25. */
function proveAnnounced({ facts, plan, run }: RunState, { configured }: Wired): Proof {
  if (!configured.has('slack'))
    return { state: 'absent', said: 'no Slack is configured', from: 'configuration' };
  const next = 'release notify';
  const told = Object.values(facts).flatMap((fact) => channelsIn(fact, 'sent'));
  const missed = Object.values(facts)
    .flatMap((fact) => channelsIn(fact, 'missed'))
    .filter((channel) => !told.includes(channel));
  if (missed.length > 0)
    return {
      state: 'not',
      said: `not reached: ${[...new Set(missed)].join(', ')}`,
      from: LEDGER,
      next,
      mark: missed.join(' '),
    };
  const channels = [...new Set(told)];
  return channels.length > 0
    ? {
        state: 'holds',
        said: channels.map((name) => `#${name.replace(/^#/, '')}`).join(', '),
        from: LEDGER,
        mark: run,
      }
    : { state: 'not', said: `nobody was told of ${plan.version}`, from: LEDGER, next };
}

/** HOO-21 and HOO-22. */
function proveWayBack({ back }: Week, { runbook, env }: Wired): Record<'previous' | 'way-back', Proof> {
  const isKnown = back !== 'previous';
  const line = `release rollback --to ${back} --env ${env}`;
  const place =
    runbook.document?.location === undefined
      ? ''
      : `; in words: ${runbook.document.location}#rollback-procedures`;
  const next = 'release history, then release rollback --to <version> --plan';
  return {
    previous: isKnown
      ? { state: 'holds', said: back, from: LEDGER, mark: back }
      : { state: 'unknown', said: 'the ledger knows no good version before this one', from: LEDGER, next },
    'way-back': { state: 'holds', said: `${line}${place}`, from: LEDGER, mark: line },
  };
}

/** What the ledger, the application and Neon say of a release that is live. */
export async function proveRun(week: Week, runs: readonly RunState[], wired: Wired) {
  const { release } = week;
  const [version, backup] = await Promise.all([proveVersion(week, wired), proveBackup(release, wired)]);
  return {
    deployed: proveDeployed(week, wired.runbook.timezone),
    smoke: proveSmoke(release),
    'no-rollback': proveQuiet(week, runs),
    version,
    backup,
    announced: proveAnnounced(release, wired),
    ...proveWayBack(week, wired),
  };
}
