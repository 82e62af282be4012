import type { Runbook } from '../../config/schema/index.ts';
import type { Json, JsonObject } from '../../domain/json.ts';
import type { Moment } from '../../domain/moment.ts';
import type { TemplateName } from '../../domain/template-names.ts';
import type { SampleViews } from './lint-template.ts';
import { makeView } from './view.ts';

const LONG_LIST = 30;

const fillList = (list: readonly Json[]): Json =>
  Array.from({ length: LONG_LIST }, (_, i) => list[0] ?? `entry ${i + 1}`);

/** Parts that an entry of a list can have; a list without entries does not show them. */
const ENTRIES: Readonly<Record<string, JsonObject>> = {
  features: { title: 'A feature', text: 'what it does', audience: 'all users' },
  actions: { text: 'An action', eta: 'about 5 min' },
  tasks: { id: 'pir-05', what: 'A task', due: 'today', owner: { name: 'Dana Ito', slack: null } },
  deciders: { role: 'Deployment Lead', person: 'Dana Ito' },
};

function fillValue(name: string, value: Json): Json {
  const entry = ENTRIES[name];
  if (entry !== undefined) return fillList([entry]);
  if (Array.isArray(value)) return fillList(value);
  return value ?? name;
}

/** A view of this message in which every variable has a value, and one in which none has that may be without. */
export function makeSampleViews(template: TemplateName, env: string, runbook: Runbook): SampleViews {
  const plan = { command: 'deploy', service: runbook.service, env, version: 'v1.2.3', from: '' } as const;
  const moment: Moment = {
    ...{ run: 'r-sample', env, step: 'sample', facts: {}, notes: {}, now: '2025-10-01T14:00:00.000Z' },
    ...{ plan: { ...plan, entries: [], basis: {}, digest: '' }, canThread: true, repeated: false },
  };
  const empty = makeView(template, moment, { ...runbook, people: {}, links: {} });
  const full = Object.fromEntries(
    Object.entries(empty).map(([name, value]) => [name, fillValue(name, value)]),
  );
  return { full, empty };
}
