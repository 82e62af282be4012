import { ReleaseError } from '../../domain/failure.ts';
import type { WorldFile } from './world-file.ts';

const LIMIT_MS = 30_000;

const silent = (): ReleaseError =>
  new ReleaseError('E_SANDBOX', {
    what: 'The sandbox does not answer.',
    next: 'release demo down, then: release demo up',
    state: 'untouched',
  });

async function send(world: WorldFile, method: 'GET' | 'POST', path: string, body?: object): Promise<string> {
  const answer = await fetch(`${world.control}${path}`, {
    method,
    headers: { authorization: `Bearer ${world.token}` },
    signal: AbortSignal.timeout(LIMIT_MS),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch(() => {
    throw silent();
  });
  const text = await answer.text();
  if (!answer.ok) throw silent();
  return text;
}

/** Does something to a world, by its own door. Throws E_SANDBOX when it does not answer. */
export const tellWorld = async (world: WorldFile, path: string, body?: object): Promise<void> =>
  void (await send(world, 'POST', path, body));

/** Reads something of a world. */
export const readWorld = (world: WorldFile, path: string): Promise<string> => send(world, 'GET', path);
