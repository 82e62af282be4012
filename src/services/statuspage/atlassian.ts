import * as z from 'zod';
import { seconds } from '../../domain/duration.ts';
import { ReleaseError } from '../../domain/failure.ts';
import { isSaid, isStatusWord, type StatusWord } from '../../domain/status-word.ts';
import type { Surroundings } from '../surroundings.ts';
import { callPage, makePageVendor } from './call.ts';
import type { KindOf, PageOf } from './page-of.ts';
import type { StatusImpact, StatusIncident, StatusOrder, StatusPagePort } from './port.ts';
import { saysOther } from './refusals.ts';

type Settings = KindOf<'atlassian'>;

const COMPONENT: Readonly<Record<StatusImpact, string>> = {
  out: 'major_outage',
  impaired: 'degraded_performance',
  none: 'operational',
};

/** What the page keeps of ours with an incident: every value of its metadata has to be an object. */
const markShape = z.object({ service: z.string(), env: z.string(), run: z.string() });

const incidentShape = z.object({
  id: z.string(),
  name: z.string(),
  status: z.string(),
  updated_at: z.string().nullish(),
  shortlink: z.string().nullish(),
  metadata: z
    .object({ release: markShape.optional().catch(undefined) })
    .nullish()
    .catch(undefined),
  incident_updates: z.array(z.object({ body: z.string().nullish() })).nullish(),
});

type Told = z.infer<typeof incidentShape>;

/** Its words of planned maintenance and of a postmortem are none of ours. */
const wordOf = (status: string): StatusWord => {
  if (isStatusWord(status)) return status;
  return status === 'postmortem' ? 'resolved' : 'investigating';
};

const asIncident = (told: Told): StatusIncident => ({
  run: told.metadata?.release?.run ?? '',
  title: told.name,
  state: wordOf(told.status),
  text: told.incident_updates?.[0]?.body ?? '',
  at: told.updated_at ?? '',
  ...(told.shortlink ? { link: told.shortlink } : {}),
});

/** A key that was pasted with a line end would break a header, and its error would show it. */
function readKey({ secrets }: Surroundings, { key }: Settings): string {
  const value = secrets.read(key);
  if (/^[\x21-\x7e]+$/.test(value)) return value;
  throw new ReleaseError('E_STATUS_PAGE_KEY', {
    what: `${key} holds characters that no key has, like a space or a line end.`,
    next: `Put the key alone into ${key}.`,
    state: 'untouched',
  });
}

function makeAsk(surroundings: Surroundings, settings: Settings) {
  const key = readKey(surroundings, settings);
  const vendor = makePageVendor('Statuspage', settings.key, key);
  return <Shape extends z.ZodType>(order: {
    readonly doing: string;
    readonly method: 'GET' | 'POST' | 'PATCH';
    readonly path: string;
    readonly json?: object;
    readonly shape: Shape;
    readonly signal?: AbortSignal | undefined;
  }): Promise<z.infer<Shape>> =>
    callPage(surroundings, vendor, {
      doing: order.doing,
      effect: order.method === 'GET' ? 'read' : 'write',
      method: order.method,
      address: `${settings.apiUrl.replace(/\/$/, '')}/pages/${settings.page}/incidents${order.path}`,
      headers: {
        authorization: `OAuth ${key}`,
        ...(order.json === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(order.json === undefined ? {} : { body: JSON.stringify(order.json) }),
      timeoutMs: seconds(settings.timeoutSeconds),
      shape: order.shape,
      signal: order.signal,
    });
}

const incidentOf = ({ state, text, impact }: StatusOrder, { components, notify }: Settings) => ({
  status: state,
  body: text,
  component_ids: components,
  components: Object.fromEntries(components.map((id) => [id, COMPONENT[impact]])),
  deliver_notifications: notify,
});

/**
 * Atlassian Statuspage by REST v1 (developer.statuspage.io): 1 request a second for each key, counted over a minute. An
 * incident of ours carries service, environment and run in its metadata, and is found by them before one is made.
 */
export function makeAtlassianPage(
  surroundings: Surroundings,
  settings: Settings,
  { service, env }: PageOf,
): Omit<StatusPagePort, 'canRead'> {
  const listOurs = async (signal?: AbortSignal): Promise<readonly Told[]> => {
    const ask = makeAsk(surroundings, settings);
    const shape = z.array(incidentShape);
    const all = await ask({ doing: 'list incidents', method: 'GET', path: '?limit=100', shape, signal });
    return all.filter(({ metadata }) => {
      const mark = metadata?.release;
      return mark !== undefined && mark.service === service && mark.env === env;
    });
  };
  const send = async (
    order: StatusOrder,
    known: Told | undefined,
    signal: AbortSignal | undefined,
  ): Promise<StatusIncident> => {
    const mark = { name: order.title, metadata: { release: { service, env, run: order.run } } };
    const told = await makeAsk(
      surroundings,
      settings,
    )({
      doing: `say "${order.state}"`,
      method: known === undefined ? 'POST' : 'PATCH',
      path: known === undefined ? '' : `/${encodeURIComponent(known.id)}`,
      json: { incident: { ...(known === undefined ? mark : {}), ...incidentOf(order, settings) } },
      shape: incidentShape,
      signal,
    });
    if (told.status !== order.state) throw saysOther(order.state, told.status.slice(0, 40));
    return { ...asIncident(told), run: order.run };
  };
  return {
    list: async () => (await listOurs()).map(asIncident),
    tell: async (_env, order, signal) => {
      const known = (await listOurs(signal)).find(({ metadata }) => metadata?.release?.run === order.run);
      if (known !== undefined && isSaid(wordOf(known.status), order.state)) return asIncident(known);
      if (known === undefined && order.state === 'resolved') return undefined;
      return send(order, known, signal);
    },
  };
}
