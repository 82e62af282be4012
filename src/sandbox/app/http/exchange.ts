import type { IncomingHttpHeaders } from 'node:http';
import type { App } from '../app.ts';

/** A request whose route is known and whose body has been read within its limit. */
export interface AppRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface AppAnswer {
  readonly status: number;
  readonly json?: unknown;
  readonly bytes?: Buffer;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type AppHandler = (app: App, request: AppRequest) => AppAnswer | Promise<AppAnswer>;

/** 200 with JSON. */
export const ok = (json: unknown): AppAnswer => ({ status: 200, json });

/** 204: taken away. */
export const gone: AppAnswer = { status: 204 };
