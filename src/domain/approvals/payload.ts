import type { Json, JsonObject } from '../json.ts';
import { isMethod, type Method } from './method.ts';
import { REVIEWS } from './review.ts';

/** What is signed: the decisions 1 to 4, the handoffs before and after a deployment, and the reviews on the way to a decision. */
export const SIGNED_POINTS = [1, 2, 3, 4, 'before', 'after', ...REVIEWS] as const;
export type SignedPoint = (typeof SIGNED_POINTS)[number];

/** What a sign-off says. `revoked`: the word before it does not stand any more. */
const WORDS = ['go', 'no-go', 'revoked'] as const;
type Word = (typeof WORDS)[number];

/**
 * What a person signs, and nothing else: its canonical JSON is the signed text. It names everything that it is about, so that it
 * can be used for nothing else (T33, T35).
 */
export interface ApprovalPayload {
  readonly kind: 'release-approval';
  readonly v: 1;
  readonly service: string;
  readonly environment: string;
  readonly version: string;
  /** Tip of the release branch. */
  readonly commit: string;
  readonly point: SignedPoint;
  /**
   * The run that is decided about; for decision 1 the newest one before it, '' for none: the next run uses it up. For a handoff its
   * subject: the candidate, or the run that brought what is live. For a review of a candidate '': its commit is evidence.
   */
  readonly run: string;
  readonly role: string;
  /** Key under `people`. */
  readonly person: string;
  readonly decision: Word;
  /** Digest of what the person had before them. */
  readonly evidence: string;
  readonly method: Method;
  /** With `proxy`: who wrote it down, as a key under `people`. */
  readonly by: string;
  /** With `proxy` the proof; with `github` the workflow run. */
  readonly link: string;
  readonly comment: string;
  /** ISO, by the signer's clock. */
  readonly at: string;
  /** Random: the same sign-off never counts twice. */
  readonly nonce: string;
}

const TEXTS = [
  'service',
  'environment',
  'version',
  'commit',
  'run',
  'role',
  'person',
  'evidence',
  'by',
  'link',
  'comment',
  'at',
  'nonce',
] as const;

const isText = (value: Json | undefined): boolean => typeof value === 'string' && value.length <= 2000;

/** The payload that a recorded value is; undefined where a field is missing, of another kind, or one too many. */
export function readPayload(value: JsonObject): ApprovalPayload | undefined {
  const { kind, v, point, decision, method } = value;
  const isWhole =
    kind === 'release-approval' &&
    v === 1 &&
    SIGNED_POINTS.some((one) => one === point) &&
    WORDS.some((word) => word === decision) &&
    isMethod(method) &&
    TEXTS.every((name) => isText(value[name])) &&
    Object.keys(value).length === TEXTS.length + 5 &&
    !Number.isNaN(Date.parse(String(value.at)));
  return isWhole ? (value as unknown as ApprovalPayload) : undefined;
}
