import { ReleaseError, type StateAfter } from '../../domain/failure.ts';
import { oneLine } from '../../domain/screen-text.ts';

/** Words of Slack after which nobody can say whether the message was taken. */
const UNSURE = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
]);

/** Words, and HTTP answers, that are about the token or the webhook's address and not about the message. */
const KEY_WORDS = new Set([
  'account_inactive',
  'invalid_auth',
  'invalid_token',
  'missing_scope',
  'no_service',
  'not_authed',
  'token_expired',
  'token_revoked',
]);
const KEY_STATUSES: readonly number[] = [401, 403];

const REMEDIES: Readonly<Record<string, string>> = {
  invalid_auth: 'Put a bot token that is valid into the secret.',
  not_authed: 'Put a bot token that is valid into the secret.',
  token_revoked: 'Make a new bot token; the old one was revoked.',
  missing_scope: 'Give the Slack app the scopes chat:write and channels:history, then install it again.',
  not_in_channel: 'Invite the Slack app to the channel, or give it the scope chat:write.public.',
  channel_not_found: 'Correct the channel id in the configuration, or invite the Slack app.',
  is_archived: 'Choose a channel that is not archived.',
  channel_is_archived: 'Choose a channel that is not archived.',
  no_service: 'Make a new incoming webhook; Slack does not know this one.',
};

/** `Slack #releases`, however the configuration writes it; `Slack` alone for what is about no channel. */
const sayPlace = (channel: string): string =>
  channel === '' ? 'Slack' : `Slack #${channel.replace(/^#/, '')}`;

const isWord = (text: string): boolean => /^[a-z][a-z0-9_]{1,59}$/.test(text);

/** A client that kept no word of the answer says `http_error`; a webhook's 403 has a word of its own, like action_prohibited. */
const isRefusedHere = (word: string, status: number | undefined): boolean =>
  word === 'http_error' && KEY_STATUSES.includes(status ?? 0);

/**
 * Slack answered, and the answer is no; E_SLACK_UNREACHABLE where it leaves open whether the message was
 * taken. `said` is its own word, or foreign text that is cut and shown as such.
 */
export function slackRefused(channel: string, said: string, status?: number): ReleaseError {
  const word = isWord(said) ? said : undefined;
  const isUnsure = word === undefined ? (status ?? 200) < 400 : UNSURE.has(word);
  const state: StateAfter = isUnsure || (status ?? 200) >= 500 ? 'unclear' : 'untouched';
  const code = status === undefined || status === 200 ? '' : `HTTP ${status} `;
  const isKey = word !== undefined && (KEY_WORDS.has(word) || isRefusedHere(word, status));
  // The ledger keeps the code alone: whoever sends it again must not read a "no" where nobody knows.
  const no = state === 'unclear' ? 'E_SLACK_UNREACHABLE' : 'E_SLACK_REFUSED';
  return new ReleaseError(isKey ? 'E_SLACK_KEY' : no, {
    what: `${sayPlace(channel)} was not reached (${code}${word ?? 'an answer that is not from Slack'}).`,
    ...(word === undefined && said !== '' ? { why: `It began: ${oneLine(said, 80)}` } : {}),
    next: (word && REMEDIES[word]) ?? 'Look at the message and the channel, then send it again.',
    state,
  });
}

/** Slack asked for more patience than a release has. */
export const slackTooBusy = (channel: string, seconds: number): ReleaseError =>
  new ReleaseError('E_SLACK_REFUSED', {
    what: `${sayPlace(channel)} takes no more messages at the moment (rate limit).`,
    why: `It asks to wait ${seconds} s.`,
    next: 'Send the message again later.',
    state: 'untouched',
  });

/** Network errors after which not one byte of the message can have arrived. */
const NEVER_LEFT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ERR_INVALID_URL', 'CERT_HAS_EXPIRED']);

const codeOf = (error: unknown): string => {
  const { code, cause, name } = (error ?? {}) as { code?: unknown; cause?: unknown; name?: unknown };
  if (typeof code === 'string') return code;
  return cause === undefined ? String(name ?? '') : codeOf(cause);
};

/** No answer. The error's own text is left out, because it can hold the webhook's address. */
export function slackUnreachable(channel: string, error: unknown): ReleaseError {
  const code = codeOf(error);
  const isTimeout = code === 'TimeoutError' || code === '23';
  return new ReleaseError('E_SLACK_UNREACHABLE', {
    what: `${sayPlace(channel)} was not reached (${isTimeout ? 'no answer in time' : isCode(code) ? code : 'no connection'}).`,
    next: 'Check the network and the proxy, then send the message again.',
    state: NEVER_LEFT.has(code) ? 'untouched' : 'unclear',
  });
}

const isCode = (code: string): boolean => /^[A-Z][A-Z0-9_]{2,40}$/.test(code);

/** The configuration has no way to this channel. */
export const slackNoRoute = (channel: string, why: string, next: string): ReleaseError =>
  new ReleaseError('E_SLACK_CHANNEL', {
    what: `There is no way to ${sayPlace(channel)}.`,
    why,
    next,
    state: 'untouched',
  });
