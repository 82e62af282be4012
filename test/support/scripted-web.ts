import type { WebAnswer, WebPort, WebRequest } from '../../src/services/web/port.ts';

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

/** An application that answers from a table and remembers what it was asked. */
export function makeScriptedWeb(script: (request: WebRequest, nth: number) => Scripted): {
  readonly web: Pick<WebPort, 'request'>;
  readonly asked: WebRequest[];
} {
  const asked: WebRequest[] = [];
  const request = async (_env: string, one: WebRequest): Promise<WebAnswer> => {
    asked.push(one);
    const same = asked.filter((other) => other.method === one.method && other.path === one.path);
    return answerOf(script(one, same.length));
  };
  return { web: { request }, asked };
}
