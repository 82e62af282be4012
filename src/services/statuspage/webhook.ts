import { createHmac } from 'node:crypto';
import * as z from 'zod';
import { seconds } from '../../domain/duration.ts';
import type { Surroundings } from '../surroundings.ts';
import { callPage, makePageVendor } from './call.ts';
import type { KindOf, PageOf } from './page-of.ts';
import type { StatusOrder, StatusPagePort } from './port.ts';
import { badAddress, notReadable } from './refusals.ts';

type Settings = KindOf<'webhook'>;

const PREFIX = 'whsec_';

/** A key with the usual prefix is base64; any other is taken as it is. */
const keyBytes = (key: string): Buffer =>
  key.startsWith(PREFIX) ? Buffer.from(key.slice(PREFIX.length), 'base64') : Buffer.from(key, 'utf8');

/** Headers of standardwebhooks.com: the receiver knows a repeated message by its id, and an old one by its time. */
function headersOf(
  { clock, secrets }: Surroundings,
  { signWith }: Settings,
  id: string,
  body: string,
): Record<string, string> {
  const time = String(Math.floor(clock.now().getTime() / 1000));
  const plain = { 'content-type': 'application/json', 'webhook-id': id, 'webhook-timestamp': time };
  if (signWith === undefined) return plain;
  const hash = createHmac('sha256', keyBytes(secrets.read(signWith)));
  const digest = hash.update(`${id}.${time}.${body}`, 'utf8').digest('base64');
  return { ...plain, 'webhook-signature': `v1,${digest}` };
}

function readAddress({ secrets }: Surroundings, { url }: Settings): string {
  const address = secrets.read(url).trim();
  if (/^https?:\/\/\S+$/.test(address) && URL.canParse(address)) return address;
  throw badAddress(url);
}

/** Tells an address of the owner's; it answers 2xx, and that is all that is known of the page. */
export function makeWebhookPage(
  surroundings: Surroundings,
  settings: Settings,
  { service, env }: PageOf,
): Omit<StatusPagePort, 'canRead'> {
  return {
    list: () => Promise.reject(notReadable()),
    tell: async (_env, order: StatusOrder, signal) => {
      const address = readAddress(surroundings, settings);
      const at = surroundings.clock.now().toISOString();
      const { run, state, title, text, impact } = order;
      const body = JSON.stringify({ service, env, incident: run, state, impact, title, text, at });
      await callPage(surroundings, makePageVendor('The webhook of the status page', settings.url, address), {
        doing: `say "${state}"`,
        // The receiver knows a message that comes twice by its id.
        effect: 'repeatable',
        method: 'POST',
        address,
        headers: headersOf(surroundings, settings, `${service}.${env}.${run}.${state}`, body),
        body,
        timeoutMs: seconds(settings.timeoutSeconds),
        shape: z.unknown(),
        signal,
      });
      return { run, title, state, text, at };
    },
  };
}
