import { checks } from '../../checks/index.ts';
import { findEnvironment } from '../config/find-environment.ts';
import { digestOf } from '../ledger/digest.ts';
import { readEvidenceKey } from '../ledger/evidence-key.ts';
import { makeAnnouncementRender } from '../report/messages/make-announcement-render.ts';
import { findProxy, makeFetch } from '../services/proxy.ts';
import { makeShell } from '../services/shell/real.ts';
import type { Surroundings } from '../services/surroundings.ts';
import { steps } from '../steps/index.ts';
import type { CliContext } from './context.ts';
import { loadOwnChecks, NO_OWN_CHECKS, type OwnChecks } from './own-checks/load-own-checks.ts';
import { sayHeard } from './own-checks/say-heard.ts';
import type { Wire, Wired } from './wired.ts';
import { timesFor } from './wiring/choose-times.ts';
import { findConfigured } from './wiring/find-configured.ts';
import { findLedgerFolder } from './wiring/find-ledger-folder.ts';
import { gitOptionsOf } from './wiring/git-options.ts';
import { type Ground, layGround } from './wiring/lay-ground.ts';
import { listMissing } from './wiring/list-missing.ts';
import { makeOnDuty } from './wiring/make-on-duty.ts';
import { makeServices } from './wiring/make-services.ts';
import { markSecrets } from './wiring/mark-secrets.ts';
import { openLedger } from './wiring/open-ledger.ts';

/** Made when it is first asked for: a command that records no answer leaves no key behind. */
function makeMarker({ loaded, secrets }: Ground, folder: string): Wired['askedWith'] {
  let mark: string | undefined;
  return () => {
    mark ??= markSecrets(loaded.runbook, secrets, readEvidenceKey(folder));
    return mark;
  };
}

/** Commands that ask checks. Others never load a file of the owner: a rollback waits for nobody's code. */
const ASKS_CHECKS: readonly string[] = ['preflight', 'parity', 'drift', 'deploy', 'tick', 'step'];

async function findOwnChecks({ command, clock }: CliContext, { loaded }: Ground): Promise<OwnChecks> {
  if (!ASKS_CHECKS.includes(command)) return NO_OWN_CHECKS;
  return loadOwnChecks({ root: loaded.root, clock, builtIn: checks });
}

/** Puts the program together for one environment. Throws only what is wrong before anything is asked of the world. */
export const wire: Wire = async (context): Promise<Wired> => {
  const ground = await layGround(context);
  const { loaded, secrets, env, clock } = ground;
  const { runbook, root, file, digest } = loaded;
  const environment = findEnvironment(loaded, env);
  const configured = findConfigured(runbook, environment);
  const surroundings: Surroundings = {
    ...{ runbook, secrets, clock, root },
    fetch: makeFetch(context.env),
    proxyOf: (address) => findProxy(context.env, address),
  };
  const own = await findOwnChecks(context, ground);
  const git = gitOptionsOf(runbook, root, makeShell(root));
  const { services, close } = makeServices(surroundings, configured, git);
  const onDuty = makeOnDuty(services.pagerduty, clock, runbook);
  const closers = [close];
  const atEnd = (one: () => Promise<void>): void => {
    closers.push(one);
  };
  return {
    runbook,
    root,
    file,
    digest,
    rules: digestOf([context.tool, own.digest]),
    askedWith: makeMarker(ground, findLedgerFolder({ environment, root })),
    env,
    environment,
    services,
    configured,
    ledger: await openLedger(context, { runbook, environment, root, clock, env, git, secrets, atEnd }),
    scope: `${runbook.service}/${env}`,
    checks: [...checks, ...own.checks],
    steps,
    secrets,
    missing: listMissing(loaded, secrets, env),
    clock,
    times: timesFor(runbook.sandbox),
    render: makeAnnouncementRender({ runbook, root, redact: context.redact }, onDuty),
    onDuty,
    close: async () => {
      for (const line of sayHeard(own.heard(), context.flags.verbose > 0)) context.out.note(line);
      await Promise.all(closers.map((one) => one()));
    },
  };
};
