import type { Proof } from '../../domain/handoff/proof.ts';
import { notesAddress } from '../../domain/release-notes.ts';
import { listCalls } from '../../report/list-calls.ts';
import type { Wired } from '../wired.ts';

const CONFIG = 'configuration';

const absent = (said: string): Proof => ({ state: 'absent', said, from: CONFIG });
const known = (said: string): Proof => ({ state: 'holds', said, from: CONFIG, mark: said });
const missing = (said: string, next: string): Proof => ({ state: 'not', said, from: CONFIG, next });

/** HOO-20: in the order of the escalation path, with whoever can be reached now. */
function proveEscalation({ runbook, env, clock }: Wired): Proof {
  const calls = listCalls(runbook, env, clock.now(), false);
  const said = calls
    .map(({ name, title, away }) => `${name} (${title}${away ? ', away by the calendar' : ''})`)
    .join(' → ');
  return calls.length === 0
    ? missing(`nobody is named to be called for ${env}`, `name them in owners.${env}.escalation`)
    : { ...known(said), mark: calls.map(({ name }) => name).join(' ') };
}

/** HOO-24, E-85. */
function proveAuthority({ severities }: Wired['runbook']): Proof {
  const lines = Object.entries(severities ?? {}).filter(
    ([, { doneWithinMinutes }]) => doneWithinMinutes !== undefined,
  );
  const said = lines.map(([severity, { who }]) => `${severity}: ${who}`).join('; ');
  return said === '' ? missing('nobody is named', 'name them in severities.P0.who') : known(said);
}

const channelsOf = ({ services }: Wired['runbook'], message: string): readonly string[] =>
  services.slack?.routes[message] ?? [];

/** What the configuration says to whoever takes over a version. */
export function proveSetup(version: string, wired: Wired) {
  const { runbook } = wired;
  const { links, document, rules, services } = runbook;
  const incident = channelsOf(runbook, 'incident');
  return {
    alerts:
      incident.length === 0
        ? absent('no channel hears of incidents')
        : known(`incidents are told in ${incident.map((name) => `#${name}`).join(', ')}`),
    dashboard: links.dashboard === undefined ? absent('links.dashboard is not set') : known(links.dashboard),
    logs: absent('no log is read here'),
    runbook:
      document?.location === undefined
        ? missing('nobody says where the written runbook is', 'say it in document.location')
        : known(document.location),
    watch: known(`release watch --for 4h --env ${wired.env}`),
    'payment-rule': Object.keys(rules).some((id) => id.startsWith('payment'))
      ? known('a rule of the watch calls when they fall')
      : absent('no rule of the watch is about payments'),
    escalation: proveEscalation(wired),
    authority: proveAuthority(runbook),
    notes:
      links.notes === undefined
        ? absent('links.notes is not set')
        : known(notesAddress(links.notes, version)),
    mail:
      services.mail === undefined
        ? absent('no mail is configured')
        : known(`mail to ${services.mail.stakeholders.join(', ') || 'nobody'}`),
  };
}
