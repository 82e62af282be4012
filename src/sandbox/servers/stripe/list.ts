import type { Answer, Call } from '../router.ts';
import type { Thing } from './account.ts';
import { refuse } from './answers.ts';

const LARGEST_PAGE = 100;

/** `created=…` and `created[gte|gt|lte|lt]=…`, in seconds. */
const BOUNDS: readonly (readonly [string, (created: number, bound: number) => boolean])[] = [
  ['created', (created, bound) => created === bound],
  ['created[gte]', (created, bound) => created >= bound],
  ['created[gt]', (created, bound) => created > bound],
  ['created[lte]', (created, bound) => created <= bound],
  ['created[lt]', (created, bound) => created < bound],
];

const isInRange = (query: URLSearchParams, created: number): boolean =>
  BOUNDS.every(([name, holds]) => !query.has(name) || holds(created, Number(query.get(name))));

interface Page {
  readonly from: number;
  readonly to: number;
  readonly hasMore: boolean;
}

/** The part of a list, newest first, that the cursors ask for; undefined when a cursor names nothing. */
function findPage(list: readonly Thing[], query: URLSearchParams, limit: number): Page | undefined {
  const [after, before] = [query.get('starting_after'), query.get('ending_before')];
  const at = list.findIndex(({ id }) => id === (after ?? before));
  if ((after ?? before) !== null && at < 0) return undefined;
  if (after === null && before !== null)
    return { from: Math.max(0, at - limit), to: at, hasMore: at > limit };
  const from = after === null ? 0 : at + 1;
  return { from, to: from + limit, hasMore: from + limit < list.length };
}

/** Stripe's envelope, newest first, of what is `oldestFirst` in the world. */
export function answerList(oldestFirst: readonly Thing[], { query, path }: Call): Answer {
  const limit = Number(query.get('limit') ?? 10);
  if (!Number.isInteger(limit) || limit < 1 || limit > LARGEST_PAGE)
    return refuse(400, 'limit must be between 1 and 100', { param: 'limit' });
  const list = [...oldestFirst].reverse().filter(({ created }) => isInRange(query, created));
  const page = findPage(list, query, limit);
  if (page === undefined) return refuse(400, 'No such cursor', { code: 'resource_missing' });
  const data = list.slice(page.from, page.to);
  return { status: 200, json: { object: 'list', url: path, has_more: page.hasMore, data } };
}
