import { type Answer, type Call, route } from '../router.ts';
import { findCommit } from './checkout.ts';
import type { Publisher, PublishRecord } from './publisher.ts';

const refuse = (status: number, message: string): Answer => ({ status, json: { message } });

function readOrder({ body }: Call): string | undefined {
  try {
    const order = JSON.parse(body.toString('utf8')) as { commit?: unknown; ref?: unknown } | null;
    const wanted = order?.commit ?? order?.ref;
    return typeof wanted === 'string' ? wanted : undefined;
  } catch {
    return undefined;
  }
}

const newestFirst = (records: readonly PublishRecord[]): readonly PublishRecord[] => [...records].reverse();

/** The platform's own interface: order a publish, and see what became of it. */
export const apiRoutes = (publisher: Publisher, origin: string) => [
  route('POST /api/publishes', async (call) => {
    const wanted = readOrder(call);
    if (wanted === undefined) return refuse(400, 'a commit or a ref is needed');
    const commit = publisher.keeps(wanted) ? wanted : await findCommit(origin, wanted);
    if (commit === undefined) return refuse(422, 'no such commit');
    const { record, live } = publisher.begin(commit);
    // Its end is told by its record.
    live.catch(() => undefined);
    return { status: 202, json: { id: record.id, state: record.state, commit } };
  }),
  route('GET /api/publishes/:id', ({ params }) => {
    const record = publisher.find(params.id ?? '');
    return record === undefined ? refuse(404, 'no such publish') : { status: 200, json: record };
  }),
  route('GET /api/publishes', () => ({
    status: 200,
    json: { publishes: newestFirst(publisher.records) },
  })),
];
