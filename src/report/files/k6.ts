import type { Json } from '../../domain/json.ts';

/** One call of a scenario as a load tool needs it. Texts may hold `{name}`; `$NAME` is a secret by its name. */
export interface K6Call {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly json: Json | null;
  readonly fields: Readonly<Record<string, string>> | null;
  readonly file: { readonly field: string; readonly name: string } | null;
  readonly signedWith: string | null;
  readonly status: readonly number[];
  readonly body: Readonly<Record<string, Json>>;
  readonly starts: string | null;
  readonly capture: Readonly<Record<string, string>>;
  readonly samples: number;
  readonly limits: { readonly p95Ms: number; readonly maxMs: number; readonly errorPercent: number };
}

export interface K6Scenario {
  readonly title: string;
  readonly url: string;
  /** Name → text, or `$NAME` of a secret. */
  readonly values: Readonly<Record<string, string>>;
  readonly calls: readonly K6Call[];
  /** Sent at the end, in this order. */
  readonly cleanup: readonly Pick<K6Call, 'method' | 'path' | 'headers'>[];
}

/** JSON that is JavaScript as well, wherever it stands: nothing in it can end a string, a comment or a script element. */
const asData = (value: unknown): string =>
  JSON.stringify(value, null, 2).replace(
    /[<>\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

// What runs is this text alone; what somebody wrote into the configuration is data for it.
const PROGRAM = String.raw`
const known = {};
for (const [name, value] of Object.entries(SCENARIO.values))
  known[name] = value.startsWith('$') ? __ENV[value.slice(1)] : value;
known.run = 'k6-' + Date.now();
known.now = Date.now();

export const options = {
  vus: 1,
  iterations: 1,
  thresholds: Object.fromEntries(
    SCENARIO.calls.flatMap((call) => [
      ['http_req_duration{call:' + call.id + '}', ['p(95)<' + call.limits.p95Ms, 'max<' + call.limits.maxMs]],
      ['checks{call:' + call.id + '}', ['rate>=' + (1 - call.limits.errorPercent / 100)]],
    ]),
  ),
};

const PLACE = /\{([A-Za-z][A-Za-z0-9_]*)\}/g;
const fill = (text, encode = String) =>
  text.replace(PLACE, (whole, name) => (name in known ? encode(known[name]) : whole));
const fillAll = (value) => {
  if (typeof value === 'string') {
    const alone = /^\{([A-Za-z][A-Za-z0-9_]*)\}$/.exec(value);
    return alone && alone[1] in known ? known[alone[1]] : fill(value);
  }
  if (Array.isArray(value)) return value.map(fillAll);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fillAll(one)]));
};
const at = (value, path) =>
  path === '' ? value : path.split('.').reduce((here, key) => (here === null || here === undefined ? here : here[key]), value);
const KINDS = {
  'is:string': (value) => typeof value === 'string' && value.length > 0,
  'is:number': (value) => typeof value === 'number',
  'is:boolean': (value) => typeof value === 'boolean',
  'is:array': (value) => Array.isArray(value),
  'is:object': (value) => value !== null && typeof value === 'object' && !Array.isArray(value),
  'is:present': (value) => value !== undefined && value !== null,
};
const read = (answer) => {
  try {
    return answer.json();
  } catch (error) {
    return undefined;
  }
};
const isRight = (call, answer) => {
  if (!call.status.includes(answer.status)) return false;
  if (call.starts !== null && !String(answer.body).startsWith(call.starts)) return false;
  const json = read(answer);
  return Object.entries(call.body).every(([path, wanted]) => {
    const value = at(json, path);
    return typeof wanted === 'string' && wanted in KINDS ? KINDS[wanted](value) : value === fillAll(wanted);
  });
};
const bodyOf = (call) => {
  if (call.file === null) return call.json === null ? null : JSON.stringify(fillAll(call.json));
  return { ...fillAll(call.fields ?? {}), [call.file.field]: http.file('%PDF-1.4', call.file.name, 'application/pdf') };
};
const send = (call) => {
  const body = bodyOf(call);
  const headers = Object.fromEntries(Object.entries(call.headers).map(([name, value]) => [name, fill(value)]));
  if (call.signedWith !== null) {
    const time = Math.floor(Date.now() / 1000);
    const sign = crypto.hmac('sha256', __ENV[call.signedWith], time + '.' + body, 'hex');
    headers['stripe-signature'] = 't=' + time + ',v1=' + sign;
  }
  const answer = http.request(call.method, SCENARIO.url + fill(call.path, encodeURIComponent), body, {
    headers,
    tags: { call: call.id },
    redirects: 0,
  });
  check(answer, { [call.id]: (one) => isRight(call, one) }, { call: call.id });
  return answer;
};

export default function () {
  try {
    for (const call of SCENARIO.calls) {
      const json = read(send(call));
      for (const [name, path] of Object.entries(call.capture)) known[name] = at(json, path);
    }
    for (const call of SCENARIO.calls) for (let i = 1; i < call.samples; i += 1) send(call);
  } finally {
    for (const { method, path, headers } of SCENARIO.cleanup) {
      const own = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, fill(value)]));
      http.request(method, SCENARIO.url + fill(path, encodeURIComponent), null, { headers: own, redirects: 0 });
    }
  }
}
`;

/**
 * The same scenario as a script for k6, as text: thresholds from the budgets, checks from the expectations, secrets read from
 * the environment by their names. Calls that write are sent once.
 */
export const writeK6 = (scenario: K6Scenario): string =>
  [
    '// Written by release smoke --export k6, for staging: k6 ends no checkout session, and lists nothing that stays.',
    "import crypto from 'k6/crypto';",
    "import http from 'k6/http';",
    "import { check } from 'k6';",
    '',
    `const SCENARIO = ${asData(scenario)};`,
    PROGRAM,
  ].join('\n');
