import { markOf } from '../../domain/handoff/proof.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';
import type { Meeting } from './meeting.ts';
import type { Said } from './read-answers.ts';

/** Writes an answer into the ledger, bound to what its giver saw. One by one: whoever is interrupted goes on at the next item. */
export async function recordAnswer(
  { item, text }: Said,
  { kind, version, subject, proofs }: Meeting,
  context: CliContext,
  { ledger, scope, clock }: Wired,
): Promise<void> {
  const proof = proofs.get(item.id);
  const mark = proof === undefined ? 'absent' : markOf(proof);
  const by = await context.readActor();
  const chance = Math.floor(context.random() * 1e9).toString(36);
  const id = `handoff-${clock.now().getTime().toString(36)}-${chance}`;
  const data = { kind, version, subject, item: item.id, text, by, mark };
  await ledger.note(scope, { id, run: id, type: 'handoff.answered', data });
}
