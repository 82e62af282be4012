import { notConfigured } from '../../domain/not-configured.ts';
import type { Surroundings } from '../surroundings.ts';
import { fill } from './fill.ts';
import type { Following, HostPort, WantedVersion } from './port.ts';
import { proveLive } from './prove-live.ts';
import { publishByCommand } from './publish-by-command.ts';
import { findByWorkflow, publishByWorkflow } from './publish-by-workflow.ts';
import { readHealth } from './read-health.ts';
import { enterRoom, type HostRoom, type HostServices } from './room.ts';

/** The platform gives no id of its own, so ours names what was asked for and by whom. */
const ownId = ({ commit }: WantedVersion, marker: string): string => `${commit}:${marker}`;

async function publish(
  room: HostRoom,
  wanted: WantedVersion,
  marker: string,
  following: Following,
): Promise<string> {
  const { host } = room.environment;
  if (host === undefined) throw notConfigured(`environments.${room.env}.host`);
  if (host.strategy === 'github-workflow') return publishByWorkflow(room, host, wanted, marker, following);
  if (host.strategy === 'command') await publishByCommand(room, host, wanted, marker, following);
  if (host.strategy === 'manual') {
    for (const [i, text] of host.instructions.entries()) following.tell?.(`${i + 1}. ${fill(text, wanted)}`);
  }
  return ownId(wanted, marker);
}

/** The platform by the configured strategy; whatever the strategy, the health endpoint has the last word (E-40, E-41). */
export function makeHost(surroundings: Surroundings, services: HostServices): HostPort {
  let asked = 0;
  const room = (env: string): HostRoom => enterRoom(surroundings, services, env);
  const ask = (env: string, signal?: AbortSignal) => {
    asked += 1;
    return readHealth(room(env), asked, signal);
  };
  return {
    can: (env) => {
      const strategy = room(env).environment.host?.strategy ?? 'none';
      return { publish: strategy !== 'none' && strategy !== 'manual', strategy };
    },
    publish: async (env, wanted, marker, following = {}) => ({
      id: await publish(room(env), wanted, marker, following),
    }),
    findPublish: async (env, marker) => {
      const { host } = room(env).environment;
      return host?.strategy === 'github-workflow' ? findByWorkflow(room(env), host, marker) : undefined;
    },
    liveVersion: async (env) => ask(env),
    proveLive: async (env, wanted, tell, signal) => {
      const following = { ...(tell ? { tell } : {}), ...(signal ? { signal } : {}) };
      return proveLive(room(env), (until) => ask(env, until), wanted, following);
    },
  };
}
