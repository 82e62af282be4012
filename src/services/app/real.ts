import type { Environment } from '../../config/schema/index.ts';
import { seconds } from '../../domain/duration.ts';
import { ReleaseError } from '../../domain/failure.ts';
import type { Surroundings } from '../surroundings.ts';
import type { WebPort } from '../web/port.ts';
import type { AppPort } from './port.ts';
import { readInventory } from './read-inventory.ts';
import { noAddress, tokenRefused } from './refusals.ts';

const LONGEST_ANSWER = seconds(8);
/** Twenty thousand packages fit in; nothing that is told here comes near it. */
const LARGEST_ANSWER = 2_000_000;
const UNCACHED = { accept: 'application/json', 'cache-control': 'no-cache, no-store', pragma: 'no-cache' };

interface Place {
  readonly environment: Environment;
  readonly path: string;
  readonly address: string;
}

function findPlace({ runbook }: Surroundings, env: string): Place {
  const environment = Object.hasOwn(runbook.environments, env) ? runbook.environments[env] : undefined;
  const path = environment?.health.api;
  if (environment === undefined || path === undefined) throw noAddress(env);
  const { origin, pathname } = new URL(environment.url);
  return { environment, path, address: `${origin}${pathname.replace(/\/$/, '')}${path}` };
}

/** Degraded is an answer, too: an application whose database is away still knows what it is made of. */
function refuseStatus(status: number, { environment, address }: Place): void {
  if (status === 401 || status === 403) throw tokenRefused(address, status, environment.health.token);
  if (status === 200 || status === 503) return;
  throw new ReleaseError('E_APP_DOWN', {
    what: `${address} answers HTTP ${status}.`,
    next: 'Start the application, or look at its logs and at the host’s status page.',
    state: 'untouched',
  });
}

/** The application by HTTP, asked with the token of its operator; nothing is changed by it. */
export function makeApp(surroundings: Surroundings, web: Pick<WebPort, 'request'>): AppPort {
  return {
    inventoryAddress: (env) => findPlace(surroundings, env).address,
    inventory: async (env, signal) => {
      const place = findPlace(surroundings, env);
      const { token } = place.environment.health;
      const bearer =
        token === undefined ? {} : { authorization: `Bearer ${surroundings.secrets.read(token)}` };
      const { status, json } = await web.request(env, {
        method: 'GET',
        path: place.path,
        headers: { ...UNCACHED, ...bearer },
        timeoutMs: LONGEST_ANSWER,
        maxBytes: LARGEST_ANSWER,
        ...(signal === undefined ? {} : { signal }),
      });
      refuseStatus(status, place);
      return readInventory(json, { address: place.address, hasToken: token !== undefined });
    },
  };
}
