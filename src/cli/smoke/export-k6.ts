import type { Environment, Runbook, SmokeCall } from '../../config/schema/index.ts';
import { doesWrite } from '../../domain/smoke/sample.ts';
import { type K6Call, type K6Scenario, writeK6 } from '../../report/files/k6.ts';

const bare = (secret: string | undefined): string | null => secret?.replace(/^\$/, '') ?? null;

/** Given values, secrets by their names. */
function listValues({ smoke, maintenance }: Environment, version: string): Record<string, string> {
  const { user, password, adminToken, checkoutPrice } = smoke ?? {};
  const bypass = maintenance?.bypass?.value;
  const named = { version, email: user, password, adminToken, checkoutPrice, bypass };
  return Object.fromEntries(
    Object.entries(named).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}

const TOKENS = { user: '{token}', admin: '{adminToken}' } as const;

function headersOf(as: SmokeCall['as'], { maintenance }: Environment): Record<string, string> {
  const header = maintenance?.bypass?.header;
  return {
    ...(header === undefined ? {} : { [header]: '{bypass}' }),
    ...(as === 'nobody' ? {} : { authorization: `Bearer ${TOKENS[as]}` }),
  };
}

function makeCall(call: SmokeCall, environment: Environment, { budgets, smoke }: Runbook): K6Call {
  const { p95Ms = 1000, maxMs, errorPercent = 0 } = budgets[call.budget] ?? {};
  const type = call.json === undefined ? {} : { 'content-type': 'application/json' };
  return {
    id: call.id,
    method: call.method,
    path: call.path,
    headers: { ...headersOf(call.as, environment), ...call.headers, ...type },
    json: call.json ?? null,
    fields: call.fields ?? null,
    file: call.file ? { field: call.file.field, name: call.file.name } : null,
    signedWith: call.signed ? bare(environment.stripe?.webhookSecret) : null,
    status: call.status,
    body: call.body ?? {},
    starts: call.starts ?? null,
    capture: call.capture ?? {},
    samples: doesWrite(call) ? 1 : (smoke?.samples ?? 1),
    limits: { p95Ms, maxMs: maxMs ?? p95Ms * 2, errorPercent },
  };
}

/** Deletions, last first; a checkout session is ended by Stripe and not by the application. */
const listCleanup = (calls: readonly SmokeCall[], environment: Environment): K6Scenario['cleanup'] =>
  [...calls]
    .reverse()
    .flatMap(({ as, headers, undo }) =>
      undo && 'path' in undo
        ? [{ method: undo.method, path: undo.path, headers: { ...headersOf(as, environment), ...headers } }]
        : [],
    );

/** The configured scenario as a script for k6 (`--export k6`). Nothing is sent, and no secret is in it. */
export function exportK6(runbook: Runbook, env: string, version: string): string {
  const environment = runbook.environments[env];
  if (environment === undefined) throw new TypeError(`no environment ${env}`);
  const calls = runbook.smoke?.calls ?? [];
  return writeK6({
    title: `${runbook.product} ${env}`,
    url: environment.url.replace(/\/$/, ''),
    values: listValues(environment, version),
    calls: calls.map((call) => makeCall(call, environment, runbook)),
    cleanup: listCleanup(calls, environment),
  });
}
