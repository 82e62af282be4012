import type { WebRequest } from '../../../services/web/port.ts';
import { fillPath } from './fill.ts';
import type { Created } from './run-scenario.ts';
import type { Sending } from './send-call.ts';

export interface CleanUp {
  readonly created: number;
  readonly deleted: number;
  /** What is still there, as a person would delete it. */
  readonly left: string[];
}

async function remove({ call, known }: Created, sending: Sending): Promise<string | undefined> {
  const undo = call.undo;
  if (undo === undefined) return undefined;
  const path = fillPath(undo.path, known);
  const token = known.get('token');
  const request: WebRequest = {
    method: undo.method,
    path,
    headers: { ...sending.bypass, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
  };
  try {
    const { status } = await sending.services.web.request(sending.env, request);
    return status < 300 || status === 404 || status === 410 ? undefined : `${undo.method} ${path}`;
  } catch {
    return `${undo.method} ${path}`;
  }
}

/** Takes away what the run created, last first; what could not be deleted is listed, never forgotten (E-72). */
export async function cleanUp(created: readonly Created[], sending: Sending): Promise<CleanUp> {
  const left: string[] = [];
  for (const one of [...created].reverse()) {
    const stays = await remove(one, sending);
    if (stays !== undefined) left.push(stays);
  }
  return { created: created.length, deleted: created.length - left.length, left };
}
