import { type Answer, type Call, route, type StandIn, startStandIn } from '../router.ts';

/** Somebody of the stand-in's account. */
export interface PagerDutyUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** One entry of the computed rota. `start` and `end` are ISO; null: without end. */
export interface OnCallEntry {
  readonly user: PagerDutyUser;
  readonly schedule: string | null;
  readonly policy: string;
  readonly level: number;
  readonly start: string | null;
  readonly end: string | null;
}

export interface PagerDutyOptions {
  readonly token: string;
  readonly entries: readonly OnCallEntry[];
  /** Calls that may be made before one is refused with 429; left out: any number. */
  readonly most?: number;
  readonly port?: number;
}

/** The PagerDuty of the sandbox: its REST API as far as it says who is on call. */
export interface PagerDutyStandIn extends StandIn {
  /** Changes the rota, as people do in PagerDuty. */
  put(entries: readonly OnCallEntry[]): void;
}

const refuse = (status: number, message: string, headers = {}): Answer => ({
  status,
  json: { error: { message, code: status } },
  headers,
});

const reference = (id: string, type: string, summary: string) => ({
  ...{ id, summary, self: null, html_url: null },
  type: `${type}_reference`,
});

/** A user is a reference, unless the caller wants it whole. */
const showUser = ({ id, name, email }: PagerDutyUser, isWhole: boolean) =>
  isWhole ? { id, type: 'user', summary: name, name, email } : reference(id, 'user', name);

const showEntry = (one: OnCallEntry, isWhole: boolean) => ({
  user: showUser(one.user, isWhole),
  schedule: one.schedule === null ? null : reference(one.schedule, 'schedule', one.schedule),
  escalation_policy: reference(one.policy, 'escalation_policy', one.policy),
  escalation_level: one.level,
  start: one.start,
  end: one.end,
});

const touches = ({ start, end }: OnCallEntry, since: number, until: number): boolean =>
  (start === null || Date.parse(start) < until) && (end === null || Date.parse(end) > since);

function listOnCalls(entries: readonly OnCallEntry[], { query }: Call): Answer {
  const [since, until] = ['since', 'until'].map((name) => Date.parse(query.get(name) ?? ''));
  if (since === undefined || until === undefined || !(since < until))
    return refuse(400, 'Invalid Input Provided');
  const [schedules, policies] = ['schedule_ids[]', 'escalation_policy_ids[]'].map((name) =>
    query.getAll(name),
  );
  const isWanted = (one: OnCallEntry): boolean =>
    (schedules?.length === 0 || (schedules?.includes(one.schedule ?? '') ?? true)) &&
    (policies?.length === 0 || (policies?.includes(one.policy) ?? true)) &&
    touches(one, since, until);
  const found = entries.filter(isWanted);
  const limit = Math.min(Number(query.get('limit') ?? 25), 100);
  const offset = Number(query.get('offset') ?? 0);
  const isWhole = query.getAll('include[]').includes('users');
  const page = found.slice(offset, offset + limit).map((one) => showEntry(one, isWhole));
  const more = offset + limit < found.length;
  return { status: 200, json: { oncalls: page, limit, offset, more, total: null } };
}

/** Starts the stand-in of PagerDuty; its `url` is what services.pagerduty.apiUrl must be. */
export async function startPagerDuty(options: PagerDutyOptions): Promise<PagerDutyStandIn> {
  let { entries } = options;
  let left = options.most ?? Number.POSITIVE_INFINITY;
  const before = ({ headers }: Call): Answer | undefined => {
    if (headers.authorization !== `Token token=${options.token}`) return refuse(401, 'Unauthorized');
    if (headers.accept !== 'application/vnd.pagerduty+json;version=2') return refuse(406, 'Not Acceptable');
    left -= 1;
    if (left >= 0) return undefined;
    left = options.most ?? left;
    return refuse(429, 'Rate Limit Exceeded', { 'ratelimit-limit': '960', 'ratelimit-reset': '2' });
  };
  const routes = [route('GET /oncalls', (call) => listOnCalls(entries, call))];
  const port = options.port === undefined ? {} : { port: options.port };
  const server = await startStandIn(routes, { ...port, before });
  return {
    ...server,
    put: (next) => {
      entries = next;
    },
  };
}
