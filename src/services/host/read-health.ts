import { seconds } from '../../domain/duration.ts';
import type { JsonObject } from '../../domain/json.ts';
import { oneLine } from '../../domain/screen-text.ts';
import { bareVersion } from '../../domain/version.ts';
import type { WebAnswer } from '../web/port.ts';
import type { LiveVersion } from './port.ts';
import { appDown, healthShape, wrongApp } from './refusals.ts';
import type { HostRoom } from './room.ts';

const LONGEST_ANSWER = seconds(10);

// The answer of a cache is the old version with the face of the new moment.
const UNCACHED = { accept: 'application/json', 'cache-control': 'no-cache, no-store', pragma: 'no-cache' };

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a page calls itself; platforms answer with their own pages when nothing of ours runs. */
const titleOf = (text: string): string => {
  const title = /<title[^>]*>([^<]{1,200})/i.exec(text)?.[1];
  return title === undefined ? '' : ` (“${oneLine(title, 80)}”)`;
};

interface Place {
  readonly path: string;
  readonly address: string;
}

function placeOf({ environment }: HostRoom): Place {
  const path = environment.host?.proof.path ?? environment.health.path;
  return { path, address: new URL(path, environment.url).href };
}

/** A query that no cache has seen yet. */
function bust(path: string, { surroundings }: HostRoom, nth: number): string {
  const stamp = `${surroundings.clock.now().getTime().toString(36)}-${nth}`;
  return `${path}${path.includes('?') ? '&' : '?'}nocache=${stamp}`;
}

const ask = (room: HostRoom, { path }: Place, nth: number, signal?: AbortSignal): Promise<WebAnswer> =>
  room.services.web.request(room.env, {
    method: 'GET',
    path: bust(path, room, nth),
    headers: UNCACHED,
    timeoutMs: LONGEST_ANSWER,
    ...(signal === undefined ? {} : { signal }),
  });

function judge({ status, json, text }: WebAnswer, { address }: Place): JsonObject {
  if (status !== 200) throw appDown(`${address} answers HTTP ${status}${titleOf(text)}.`);
  if (!isObject(json)) throw appDown(`${address} answers with a page${titleOf(text)}, not with JSON.`);
  return json;
}

const textIn = (answer: JsonObject, field: string): string | undefined => {
  const value = Object.hasOwn(answer, field) ? answer[field] : undefined;
  return typeof value === 'string' && value.trim() !== '' ? oneLine(value, 100) : undefined;
};

const booleanIn = (answer: JsonObject, field: string | undefined): boolean | undefined => {
  const value = field !== undefined && Object.hasOwn(answer, field) ? answer[field] : undefined;
  return typeof value === 'boolean' ? value : undefined;
};

/**
 * One answer of the health endpoint: HTTP 200, JSON, with a version. Throws E_APP_DOWN when nothing of ours answers,
 * E_HEALTH_SHAPE when the answer has no version, or no environment where an identity is configured, E_WRONG_APP when
 * it is another environment's (E-78), and
 * what the web port throws. `nth` makes the question one that no cache has answered.
 */
export async function readHealth(room: HostRoom, nth: number, signal?: AbortSignal): Promise<LiveVersion> {
  const { identity, maintenance: switches, host } = room.environment;
  const place = placeOf(room);
  const answer = await ask(room, place, nth, signal);
  const health = judge(answer, place);
  const environment = textIn(health, 'environment');
  // Whoever named an identity wants to know; an answer that does not say it is not known to be ours.
  if (identity !== undefined && environment === undefined) throw healthShape(place.address, 'environment');
  if (identity !== undefined && environment !== undefined && environment !== identity)
    throw wrongApp(place.address, environment, identity);
  const field = host?.proof.version ?? 'version';
  const version = textIn(health, field);
  if (version === undefined) throw healthShape(place.address, field);
  const commit = textIn(health, host?.proof.commit ?? 'commit');
  const status = textIn(health, 'status');
  const maintenance = booleanIn(health, switches?.statusField ?? 'maintenance');
  return {
    version: bareVersion(version),
    latencyMs: answer.tookMs,
    ...(commit === undefined ? {} : { commit }),
    ...(status === undefined ? {} : { status }),
    ...(maintenance === undefined ? {} : { maintenance }),
    ...(environment === undefined ? {} : { environment }),
  };
}
