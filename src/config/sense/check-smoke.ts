import { readSchema } from '../../domain/smoke/match-schema.ts';
import { didYouMean } from '../../domain/suggest.ts';
import type { Path } from '../place.ts';
import type { Runbook, SmokeCall } from '../schema/index.ts';
import type { Remark } from './remark.ts';

/** Values that every smoke run has from the start. */
const GIVEN = ['version', 'run', 'now', 'email', 'password', 'adminToken', 'checkoutPrice'] as const;

const PLACE = /\{([A-Za-z][A-Za-z0-9_]*)\}/g;

const placesIn = (value: unknown): string[] =>
  [...(JSON.stringify(value) ?? '').matchAll(PLACE)].map((match) => match[1] ?? '');

const PARTS = ['path', 'headers', 'json', 'fields', 'body'] as const;

function checkPlaces(call: SmokeCall, path: Path, known: ReadonlySet<string>): Remark[] {
  return PARTS.flatMap((part) =>
    [...new Set(placesIn(call[part]))]
      .filter((name) => !known.has(name))
      .map((name) => ({
        path: [...path, part],
        message: `{${name}} is not captured by an earlier call.${didYouMean(name, known)}`,
      })),
  );
}

/** Its own captures count for a call's undo: that runs after all calls. */
function checkUndo(call: SmokeCall, path: Path, known: ReadonlySet<string>): Remark[] {
  return Object.entries(call.undo ?? {}).flatMap(([part, value]) =>
    placesIn(value)
      .filter((name) => !known.has(name))
      .map((name) => ({
        path: [...path, 'undo', part],
        message: `{${name}} is captured neither here nor earlier.${didYouMean(name, known)}`,
      })),
  );
}

/** What does not carry the run's name cannot be found by it; what goes with nothing stays. */
function checkFind(
  { id, undo, json, fields }: SmokeCall,
  path: Path,
  earlier: readonly SmokeCall[],
): Remark[] {
  if (undo === undefined || !('path' in undo)) return [];
  const sent = placesIn({ json, fields });
  const unmarked = `nothing that "${id}" sends holds {run}, so that its records could not be found by it`;
  const { goesWith } = undo;
  const names = earlier.filter((one) => one.undo !== undefined).map((one) => one.id);
  const unknown = `no earlier call with an undo is named "${goesWith}".${didYouMean(goesWith ?? '', new Set(names))}`;
  return [
    ...(undo.find && !sent.includes('run') ? [{ path: [...path, 'undo', 'find'], message: unmarked }] : []),
    ...(goesWith !== undefined && !names.includes(goesWith)
      ? [{ path: [...path, 'undo', 'goesWith'], message: unknown }]
      : []),
  ];
}

/** A reference that is the same for everybody would find the sessions of customers. */
function checkReference({ undo }: SmokeCall, path: Path, captured: ReadonlySet<string>): Remark[] {
  if (undo === undefined || 'path' in undo || undo.reference === undefined) return [];
  if (placesIn(undo.reference).some((name) => captured.has(name))) return [];
  const message =
    'must hold a value that an earlier call captured of the test user, like {userId}: checkout sessions of everybody with this reference are ended';
  return [{ path: [...path, 'undo', 'reference'], message }];
}

/** A name that stands for nothing would make the call wait for nobody. */
function checkAfter({ after }: SmokeCall, path: Path, earlier: readonly SmokeCall[]): Remark[] {
  const names = earlier.map(({ id }) => id);
  if (after === undefined || names.includes(after)) return [];
  const message = `no earlier call is named "${after}".${didYouMean(after, new Set(names))}`;
  return [{ path: [...path, 'after'], message }];
}

function checkSchema({ schema }: SmokeCall, path: Path): Remark[] {
  if (schema === undefined) return [];
  try {
    readSchema(schema);
    return [];
  } catch (error) {
    return [{ path: [...path, 'schema'], message: `is no schema: ${(error as Error).message}` }];
  }
}

const checkToken = (call: SmokeCall, path: Path, known: ReadonlySet<string>): Remark[] =>
  call.as === 'user' && !known.has('token')
    ? [{ path: [...path, 'as'], message: 'no earlier call captures "token", which "user" sends' }]
    : [];

/** Objects of Stripe whose events make applications deliver, book or mail. */
const ACTED_ON =
  /^(account|billing|charge|checkout|coupon|credit_note|customer|invoice|invoiceitem|issuing|mandate|order|payment_intent|payment_link|payment_method|payout|plan|price|product|quote|refund|setup_intent|subscription_schedule|topup|transfer|v1|v2)\./;

/** A signed event looks genuine to the application, so that it would deliver goods for it (E-74). */
function checkInert({ signed, json }: SmokeCall, path: Path): Remark[] {
  const type = String(json?.type ?? '');
  if (signed !== 'stripe' || (type !== '' && !type.includes('{') && !ACTED_ON.test(type))) return [];
  const message = `a signed event must be of a type that nobody acts on, like release.smoke, and not "${type}"`;
  return [{ path: [...path, 'json'], message }];
}

/** A POST may change data or not; only its owner knows, and sampled by mistake it would fill production. */
const checkWrites = (call: SmokeCall, path: Path): Remark[] =>
  call.method !== 'GET' && call.writes === undefined
    ? [
        {
          path: [...path, 'method'],
          severity: 'warn',
          message: `"${call.id}" does not say whether it changes data, so that it is sent once: write writes: true, or writes: false to sample it`,
        },
      ]
    : [];

function checkNamesOnce(calls: readonly SmokeCall[]): Remark[] {
  const ids = calls.map((call) => call.id);
  return ids.flatMap((id, i) =>
    ids.indexOf(id) < i
      ? [{ path: ['smoke', 'calls', i, 'id'], message: `two calls are named "${id}"` }]
      : [],
  );
}

/** A placeholder must be given, or captured by an earlier call; results are told apart by the calls' names. */
const STANDARD: ReadonlySet<string> = new Set(GIVEN);

export function checkSmoke(runbook: Runbook): Remark[] {
  const calls = runbook.smoke?.calls ?? [];
  const known = new Set<string>(GIVEN);
  const remarks = calls.flatMap((call, i) => {
    const path = ['smoke', 'calls', i];
    const before = [...checkPlaces(call, path, known), ...checkToken(call, path, known)];
    for (const name of Object.keys(call.capture ?? {})) known.add(name);
    return [
      ...before,
      ...checkUndo(call, path, known),
      ...checkFind(call, path, calls.slice(0, i)),
      ...checkReference(call, path, new Set([...known].filter((name) => !STANDARD.has(name)))),
      ...checkAfter(call, path, calls.slice(0, i)),
      ...checkSchema(call, path),
      ...checkInert(call, path),
      ...checkWrites(call, path),
    ];
  });
  return [...remarks, ...checkNamesOnce(calls)];
}
