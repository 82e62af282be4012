import { findWrong } from '../../src/domain/smoke/expect-answer.ts';
import type {
  Measurement,
  MeasureOrder,
  Timed,
  WebAnswer,
  WebPort,
  WebRequest,
} from '../../src/services/web/port.ts';

type Scripted = {
  readonly status?: number;
  readonly json?: unknown;
  readonly text?: string;
  readonly tookMs?: number;
};

const answerOf = ({ status = 200, json, text, tookMs = 5 }: Scripted): WebAnswer => {
  const body = text ?? (json === undefined ? '' : JSON.stringify(json));
  return { status, headers: {}, bytes: new TextEncoder().encode(body), text: body, json, tookMs };
};

/** Measures lanes one call after the other by whatever answers requests; the first answer of each lane is its cold one. */
export function measureBy(request: WebPort['request']): WebPort['measure'] {
  return async (env: string, { lanes, signal }: MeasureOrder): Promise<Measurement> => {
    const samples: Timed[] = [];
    const coldMs: Record<string, number> = {};
    for (const { id, request: asked, expected, times } of lanes) {
      coldMs[id] = (await request(env, { ...asked, signal })).tookMs;
      for (let i = 0; i < times; i += 1) {
        const answer = await request(env, { ...asked, signal });
        const marks = { intendedMs: 0, startMs: 0, connectMs: null, firstByteMs: 0, endMs: answer.tookMs };
        const { status } = answer;
        samples.push({ lane: id, ...marks, status, reused: true, lagMs: 0, ...findWrong(answer, expected) });
      }
    }
    signal.throwIfAborted();
    return { samples, coldMs, stale: 0 };
  };
}

/** An application that answers from a table and remembers what it was asked. */
export function makeScriptedWeb(script: (request: WebRequest, nth: number) => Scripted): {
  readonly web: Pick<WebPort, 'request' | 'measure'>;
  readonly asked: WebRequest[];
} {
  const asked: WebRequest[] = [];
  const request = async (_env: string, one: WebRequest): Promise<WebAnswer> => {
    asked.push(one);
    const same = asked.filter((other) => other.method === one.method && other.path === one.path);
    return answerOf(script(one, same.length));
  };
  return { web: { request, measure: measureBy(request) }, asked };
}
