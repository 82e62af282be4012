import type { EvidenceItem } from '../../src/domain/approvals/evidence.ts';
import type { ApprovalPayload } from '../../src/domain/approvals/payload.ts';
import { digestItems } from '../../src/ledger/approvals/make-evidence.ts';

/** What somebody has before them. */
export const ITEMS: readonly EvidenceItem[] = [
  { key: 'commit', says: 'c0ffee1', mark: 'c0ffee1'.padEnd(40, '0') },
  { key: 'tests.e2e', says: 'pass, 98.2 %', mark: 'pass, 98.2 %' },
];

const AT = '2025-10-01T13:45:00.000Z';

/** A GO of Pat, product owner, at decision 1 of v2.1.0. */
export const approvalOf = (over: Partial<ApprovalPayload> = {}): ApprovalPayload => ({
  kind: 'release-approval',
  v: 1,
  service: 'rur2',
  environment: 'production',
  version: 'v2.1.0',
  commit: 'c0ffee1'.padEnd(40, '0'),
  point: 1,
  run: '',
  role: 'product-owner',
  person: 'pat',
  decision: 'go',
  evidence: digestItems(ITEMS),
  method: 'self-declared',
  by: '',
  link: '',
  comment: '',
  at: AT,
  nonce: `${over.person ?? 'pat'}-${over.role ?? 'product-owner'}-${over.decision ?? 'go'}`,
  ...over,
});
