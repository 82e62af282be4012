import * as z from 'zod';
import { type Answer, type Call, route, type StandIn, startStandIn } from '../router.ts';
import { Board, type BoardIncident, type Component } from './board.ts';
import { sayAll, showBoard } from './page.ts';

export interface StatusPageOptions {
  readonly page: string;
  readonly key: string;
  readonly components: readonly { readonly id: string; readonly name: string }[];
  /** Calls that a key may make within a minute. Default 60. */
  readonly perMinute?: number;
  readonly port?: number;
  readonly now?: () => Date;
}

/** The Statuspage of the sandbox, and what a customer reads there. */
export interface StatusPageStandIn extends StandIn {
  /** Newest first. */
  incidents(): readonly BoardIncident[];
  components(): readonly Component[];
  mails(): number;
  /** The line above everything. */
  headline(): string;
  /** The page as customers see it. */
  asPage(): string;
  /** Opens an incident as a person does on the page. */
  openByHand(name: string): void;
}

const STATUSES = ['investigating', 'identified', 'monitoring', 'resolved'] as const;
const COMPONENTS = [
  'operational',
  'degraded_performance',
  'partial_outage',
  'major_outage',
  'under_maintenance',
];

const bodyShape = z.object({
  incident: z.object({
    name: z.string().min(1).optional(),
    status: z.enum(STATUSES).optional(),
    body: z.string().optional(),
    metadata: z.record(z.string(), z.object({}).loose()).optional(),
    component_ids: z.array(z.string()).optional(),
    components: z.record(z.string(), z.enum(COMPONENTS)).optional(),
    deliver_notifications: z.boolean().optional(),
  }),
});

const refuse = (status: number, error: unknown): Answer => ({ status, json: { error } });

function readSaid(board: Board, { body }: Call) {
  const read = bodyShape.safeParse(JSON.parse(body.toString('utf8')));
  if (!read.success) return undefined;
  const { incident } = read.data;
  const named = [...(incident.component_ids ?? []), ...Object.keys(incident.components ?? {})];
  return board.knows(named) ? incident : undefined;
}

const routesOf = (board: Board) => [
  route('GET /v1/pages/:page/incidents', ({ query }) => ({
    status: 200,
    json: board.incidents.slice(0, Number(query.get('limit') ?? 100)),
  })),
  route('POST /v1/pages/:page/incidents', (call) => {
    const said = readSaid(board, call);
    if (said?.name === undefined) return refuse(422, ['name or components are invalid']);
    return { status: 201, json: board.open(said) };
  }),
  route('PATCH /v1/pages/:page/incidents/:id', (call) => {
    const said = readSaid(board, call);
    if (said === undefined) return refuse(422, ['status or components are invalid']);
    const changed = board.change(call.params.id ?? '', said);
    return changed === undefined ? refuse(404, 'not found') : { status: 200, json: changed };
  }),
];

/** One request a second, counted over a minute: the next one may come when the oldest is that old. */
function makeLimit(perMinute: number, now: () => Date): () => boolean {
  let times: readonly number[] = [];
  return () => {
    const at = now().getTime();
    times = times.filter((time) => at - time < 60_000);
    if (times.length >= perMinute) return false;
    times = [...times, at];
    return true;
  };
}

/** Starts the stand-in of Atlassian Statuspage with one page. `${url}/v1` is what statusPage.apiUrl must be. */
export async function startStatusPage(options: StatusPageOptions): Promise<StatusPageStandIn> {
  const now = options.now ?? (() => new Date());
  const board = new Board(options.components, now);
  const mayCall = makeLimit(options.perMinute ?? 60, now);
  const before = ({ path, headers }: Call): Answer | undefined => {
    if (headers.authorization !== `OAuth ${options.key}`) return refuse(401, 'Could not authenticate');
    if (!mayCall()) return refuse(420, 'Rate limit exceeded');
    return path.startsWith(`/v1/pages/${options.page}/`) ? undefined : refuse(404, 'not found');
  };
  const port = options.port === undefined ? {} : { port: options.port };
  const server = await startStandIn(routesOf(board), { ...port, before });
  return {
    ...server,
    incidents: () => board.incidents,
    components: () => board.components,
    mails: () => board.mails,
    headline: () => sayAll(board),
    asPage: () => showBoard(board),
    openByHand: (name) => void board.open({ name, status: 'investigating', deliver_notifications: false }),
  };
}
