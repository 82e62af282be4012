import { readPath } from '../../../domain/smoke/read-path.ts';
import type { Call, Created, Sending } from './call.ts';
import { fillPath, fillText, findUnknown, type Known } from './fill.ts';
import { headersAfter } from './make-request.ts';

type Undo = NonNullable<Call['undo']>;
type Find = NonNullable<Extract<Undo, { path: string }>['find']>;

/** An earlier try of the same run, or another run whose records are looked for. */
export interface EarlierTry {
  readonly run: string;
  /** Nothing of it is older. */
  readonly since: Date;
}

/** What an earlier try left: records to take away, and what could not be looked for. */
export interface FoundLeft {
  readonly found: readonly Created[];
  readonly unsure: readonly string[];
}

/** The values of one record. Those of the record that this try made itself are none of it, so that they are forgotten first. */
const withValues = (known: Known, item: unknown, call: Call, find: Find): Known => {
  const own = Object.keys(call.capture ?? {});
  const values = Object.entries(find.capture ?? call.capture ?? {}).flatMap(([name, path]) => {
    const value = readPath(item, path);
    return typeof value === 'string' || typeof value === 'number' ? [[name, value] as const] : [];
  });
  return new Map([...[...known].filter(([name]) => !own.includes(name)), ...values]);
};

const isMarked = (item: unknown, { name }: Find, run: string): boolean => {
  const said = readPath(item, name);
  // A run's name is never the beginning of another one's.
  return typeof said === 'string' && said.includes(run);
};

/** Records of the list that carry the run's name; throws where the list cannot be read. */
async function findRecords(call: Call, find: Find, sending: Sending, run: string): Promise<Created[]> {
  const { known, bypass, env, signal, services } = sending;
  const { status, json } = await services.web.request(env, {
    method: 'GET',
    path: fillPath(find.path, known),
    headers: headersAfter(call, known, bypass),
    signal,
  });
  const items = readPath(json, find.items);
  if (status >= 300 || !Array.isArray(items)) throw new TypeError('no list');
  return items
    .filter((item) => isMarked(item, find, run))
    .map((item) => ({ call, known: withValues(known, item, call, find) }));
}

async function findSessions(
  call: Call,
  undo: { readonly expireCheckout: string; readonly reference: string },
  { services, env, known }: Sending,
  since: Date,
): Promise<Created[]> {
  const reference = fillText(undo.reference, known);
  const ids = await services.stripe.openCheckouts(env, { reference, since });
  const [name = ''] = findUnknown(undo.expireCheckout, new Map());
  return ids.map((id) => ({ call, known: new Map([...known, [name, id]]) }));
}

async function findOf(call: Call, sending: Sending, { run, since }: EarlierTry): Promise<Created[]> {
  const { undo } = call;
  const asks = undo && ('path' in undo ? undo.find?.path : undo.reference);
  if (undo === undefined || asks === undefined || findUnknown(asks, sending.known).length > 0)
    throw new TypeError('no way to find it');
  if ('path' in undo) return findRecords(call, undo.find as Find, sending, run);
  return findSessions(call, { ...undo, reference: asks }, sending, since);
}

/** True for a record that goes when another one does. */
export const isGoneWith = ({ undo }: Call): boolean =>
  undo !== undefined && 'path' in undo && undo.goesWith !== undefined;

/** What nobody could find, as a person looks for it. */
export const sayMayBeLeft = (call: Call, run: string, who = ''): string =>
  `what ${who}${call.method} ${call.path} may have made; it carries the name ${run}`;

/**
 * Looks for what an earlier try of a run has made and could not take away, because it was killed: by the run's name in
 * the application's own lists, and by the reference of the test user at Stripe (E-72, E-73). What has no way to be found
 * is told with the name that a person can look for.
 */
export async function findLeft(
  calls: readonly Call[],
  sending: Sending,
  earlier: EarlierTry,
): Promise<FoundLeft> {
  const found: Created[] = [];
  const unsure: string[] = [];
  for (const call of calls.filter((one) => one.undo !== undefined && !isGoneWith(one))) {
    try {
      found.push(...(await findOf(call, sending, earlier)));
    } catch {
      unsure.push(sayMayBeLeft(call, earlier.run, 'a killed try of '));
    }
  }
  return { found, unsure };
}
