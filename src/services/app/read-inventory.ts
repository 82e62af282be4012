import type * as z from 'zod';
import { oneLine } from '../../domain/screen-text.ts';
import { bareVersion } from '../../domain/version.ts';
import { contractSchema } from './contract.ts';
import { dropValues } from './drop-values.ts';
import type { Inventory } from './port.ts';
import { notTold } from './refusals.ts';

/** Where an answer came from, and whether it was asked for with a token. */
interface Origin {
  readonly address: string;
  readonly hasToken: boolean;
}

const answerSchema = contractSchema.partial({ dependencies: true });
type Answer = z.infer<typeof answerSchema>;

const CONTRACT = 'Let the application answer what schema/app-health.schema.json says (docs/parity.md).';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An outsider's answer has none of them, and so has that of an application that knows nothing of the contract. */
function refuseMissing(answer: Readonly<Record<string, unknown>>, { address, hasToken }: Origin): void {
  const missing = ['node', 'envKeys'].filter((field) => answer[field] === undefined);
  if (missing.length === 0) return;
  const next = hasToken ? CONTRACT : 'Name the token of its operator as health.token of the environment.';
  throw notTold(address, `does not tell ${missing.join(' and ')}`, next);
}

/** The first thing that is wrong, by the place where it stands; never what stands there. */
function sayIssue({ issues }: z.ZodError): string {
  const [first] = issues;
  const place = oneLine(first?.path.map(String).join('.') ?? '', 80);
  return `tells ${place} in another shape than the contract (${oneLine(first?.message ?? '', 100)})`;
}

function parse(told: unknown, origin: Origin): Answer {
  const parsed = answerSchema.safeParse(told);
  if (parsed.success) return parsed.data;
  throw notTold(origin.address, sayIssue(parsed.error), CONTRACT);
}

const optional = <K extends string, V>(name: K, value: V | undefined): { readonly [N in K]?: V } =>
  (value === undefined ? {} : { [name]: value }) as { readonly [N in K]?: V };

/**
 * The inventory in an application's answer. `env_keys` is read like `envKeys`. Throws E_INVENTORY when something is
 * missing or has another shape; values of variables are dropped before anything else looks at the answer.
 */
export function readInventory(json: unknown, origin: Origin): Inventory {
  if (!isObject(json)) throw notTold(origin.address, 'does not answer with a JSON object', CONTRACT);
  const { env_keys: old, envKeys = old, ...others } = json;
  const named = dropValues(envKeys);
  const told = { ...others, ...(named === undefined ? {} : { envKeys: named.envKeys }) };
  refuseMissing(told, origin);
  const { node, version, commit, dependencies, settings, envKeys: names } = parse(told, origin);
  const { logLevel, rateLimits } = settings;
  return {
    address: origin.address,
    node: bareVersion(node),
    envKeys: [...new Set(names)].sort(),
    settings: { rateLimits, ...optional('logLevel', logLevel) },
    exposed: named?.exposed ?? [],
    ...optional('version', version === undefined ? undefined : bareVersion(version)),
    ...optional('commit', commit),
    ...optional('dependencies', dependencies),
  };
}
