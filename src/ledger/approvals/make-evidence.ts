import type { Evidence, EvidenceItem } from '../../domain/approvals/evidence.ts';
import { digestOf } from '../digest.ts';

/** The digest of what people have before them, whatever its order. */
export const digestItems = (items: readonly EvidenceItem[]): string =>
  digestOf(Object.fromEntries(items.map(({ key, mark }) => [key, mark])));

/** Evidence of these items, with the digest that a sign-off is bound to. */
export const makeEvidence = (items: readonly EvidenceItem[]): Evidence => ({
  digest: digestItems(items),
  items,
});
