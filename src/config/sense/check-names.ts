import { findNearest } from '../../domain/suggest.ts';
import type { Runbook } from '../schema/index.ts';
import { mustKnow, type Remark } from './remark.ts';

/** People and decision points name roles; a misspelt role would have nobody, on the day it is needed. */
function checkRoles(runbook: Runbook): Remark[] {
  const known = Object.keys(runbook.roles);
  const decisions = Object.entries(runbook.decisions ?? {}).flatMap(([point, decision]) =>
    (decision?.roles ?? []).flatMap((role, i) =>
      mustKnow('role', ['decisions', point, 'roles', i], role, known),
    ),
  );
  const reviews = Object.entries(runbook.reviews).flatMap(([review, asked]) =>
    (asked?.roles ?? []).flatMap((role, i) => mustKnow('role', ['reviews', review, 'roles', i], role, known)),
  );
  const people = Object.entries(runbook.people).flatMap(([key, person]) =>
    person.roles.flatMap((role, i) => mustKnow('role', ['people', key, 'roles', i], role, known)),
  );
  const standIns = Object.entries(runbook.roles).flatMap(([key, { standIn }]) =>
    standIn === undefined ? [] : mustKnow('role', ['roles', key, 'standIn'], standIn, known),
  );
  const needed = (runbook.staffing?.rollbackRoles ?? []).flatMap((role, i) =>
    mustKnow('role', ['staffing', 'rollbackRoles', i], role, known),
  );
  const onCall = Object.keys(runbook.services.pagerduty?.roles ?? {}).flatMap((role) =>
    mustKnow('role', ['services', 'pagerduty', 'roles', role], role, known),
  );
  const { document } = runbook;
  const author = document ? mustKnow('role', ['document', 'owner'], document.owner, known) : [];
  return [
    ...author,
    ...decisions,
    ...reviews,
    ...people,
    ...standIns,
    ...needed,
    ...onCall,
    ...checkOwners(runbook, known),
  ];
}

function checkOwners(runbook: Runbook, known: readonly string[]): Remark[] {
  return Object.entries(runbook.owners).flatMap(([area, { owner, backup, escalation }]) => [
    ...mustKnow('role', ['owners', area, 'owner'], owner, known),
    ...mustKnow('role', ['owners', area, 'backup'], backup, known),
    ...escalation.flatMap((role, i) => {
      // Only the last hop may be somebody outside, like a vendor's support, unless it looks like a slip.
      const isOutside = i === escalation.length - 1 && findNearest(role, known) === undefined;
      return isOutside ? [] : mustKnow('role', ['owners', area, 'escalation', i], role, known);
    }),
  ]);
}

function checkRoutes({ services: { slack } }: Runbook): Remark[] {
  if (slack === undefined) return [];
  const channels = Object.keys(slack.channels);
  return Object.entries(slack.routes).flatMap(([template, names]) =>
    names.flatMap((name, i) =>
      mustKnow('channel', ['services', 'slack', 'routes', template, i], name, channels),
    ),
  );
}

/** An exception is somebody's: a name that nobody has would make it anonymous. */
function checkExceptions({ source, people }: Runbook): Remark[] {
  const known = Object.entries(people).flatMap(([key, { name }]) => [key, name]);
  if (known.length === 0) return [];
  return source.freeze.exceptions.flatMap(({ by }, i) =>
    mustKnow('person', ['source', 'freeze', 'exceptions', i, 'by'], by, known),
  );
}

/** Names that point at nothing. */
export const checkNames = (runbook: Runbook): Remark[] => [
  ...mustKnow('environment', ['defaultEnv'], runbook.defaultEnv, Object.keys(runbook.environments)),
  ...(runbook.smoke?.calls ?? []).flatMap((call, i) =>
    mustKnow('budget', ['smoke', 'calls', i, 'budget'], call.budget, Object.keys(runbook.budgets)),
  ),
  ...checkRoles(runbook),
  ...checkRoutes(runbook),
  ...checkExceptions(runbook),
];
