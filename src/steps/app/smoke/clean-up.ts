import { isReleaseError } from '../../../domain/failure.ts';
import type { WebRequest } from '../../../services/web/port.ts';
import type { Created, Sending } from './call.ts';
import { fillPath, fillText, findUnknown } from './fill.ts';
import { headersAfter } from './make-request.ts';

export interface CleanUp {
  readonly created: number;
  readonly deleted: number;
  /** Records of an earlier try of the same run that was killed; they are in the two counts as well. */
  readonly found?: number;
  /** What is still there, as a person would delete it. */
  readonly left: string[];
  /** The same for what was left there on purpose. */
  readonly kept?: string[];
}

type Undo = NonNullable<Created['call']['undo']>;

/** How a person takes it away. */
export const sayHowItGoes = ({ call: { undo }, known }: Created): string => {
  if (undo === undefined) return 'nothing';
  if ('path' in undo) return `${undo.method} ${fillPath(undo.path, known)}`;
  return `checkout session ${fillText(undo.expireCheckout, known)} at Stripe`;
};

/** One deletion at the application; resolves to what stays when it did not work. */
async function removeThere(
  { method, path: pattern }: Extract<Undo, { path: string }>,
  { call, known }: Created,
  sending: Sending,
): Promise<string | undefined> {
  const path = fillPath(pattern, known);
  const request: WebRequest = {
    method,
    path,
    signal: sending.signal,
    headers: headersAfter(call, known, sending.bypass),
  };
  const { status } = await sending.services.web.request(sending.env, request);
  return status < 300 || status === 404 || status === 410 ? undefined : `${method} ${path}`;
}

/** A checkout session that stayed open could still be paid by whoever has its address (E-73). */
async function remove(created: Created, sending: Sending): Promise<string | undefined> {
  const { call, known } = created;
  const { undo } = call;
  if (undo === undefined) return undefined;
  const unknown = findUnknown('path' in undo ? undo.path : undo.expireCheckout, known);
  if (unknown.length > 0)
    return `what ${call.method} ${call.path} made; its answer gave no ${unknown.join(', ')}`;
  try {
    sending.signal.throwIfAborted();
    if ('path' in undo) return await removeThere(undo, created, sending);
    await sending.services.stripe.expireCheckout(sending.env, fillText(undo.expireCheckout, known));
    return undefined;
  } catch (error) {
    const way = sayHowItGoes(created);
    return isReleaseError(error, 'E_CHECKOUT_FOREIGN') ? `${way}: it is of another site` : way;
  }
}

/**
 * Takes away what the run created, last first, until the signal aborts; what could not be deleted by then is listed,
 * never forgotten (E-72).
 */
export async function cleanUp(created: readonly Created[], sending: Sending): Promise<CleanUp> {
  const left: string[] = [];
  for (const one of [...created].reverse()) {
    const stays = await remove(one, sending);
    if (stays !== undefined) left.push(stays);
  }
  return { created: created.length, deleted: created.length - left.length, left };
}
