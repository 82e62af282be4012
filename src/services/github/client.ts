import type * as z from 'zod';
import { seconds } from '../../domain/duration.ts';
import { ReleaseError } from '../../domain/failure.ts';
import { notConfigured } from '../../domain/not-configured.ts';
import { type CallFailure, type CallName, sayCallFailure, type Vendor } from '../call-failure.ts';
import { limitAnswers } from '../limit-answer.ts';
import { type Attempt, callPatiently } from '../retry.ts';
import type { Surroundings } from '../surroundings.ts';
import { type GithubAnswer, readFetchFailure, readRefusal } from './read-failure.ts';

/** One call of the API: how people would call it, what to send, and the shape its answer must have. */
interface GithubCall<Shape extends z.ZodType> extends CallName {
  /** Below the repository, with its query: `/issues?state=open`. */
  readonly path: string;
  /** True when the path is one of the whole of GitHub, like `/search/issues?q=…`. */
  readonly isGlobal?: true;
  readonly json?: unknown;
  readonly shape: Shape;
}

/** The answer, and whether the list that it belongs to goes on. */
interface GithubPage<T> {
  readonly answer: T;
  readonly hasMore: boolean;
}

type Settings = NonNullable<Surroundings['runbook']['services']['github']>;

/** No answer of GitHub's comes near this (F57). */
const LARGEST_ANSWER = 8_000_000;
/** A secret that was pasted with a line end would break a header, and its error would show it. */
const TOKEN = /^[\x21-\x7e]+$/;

const readBody = (text: string): unknown => {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return 'text';
  }
};

const makeVendor = (keyName: string, key: string): Vendor => ({
  name: 'GitHub',
  keyName,
  key,
  codes: {
    key: 'E_GITHUB_KEY',
    refused: 'E_GITHUB_REFUSED',
    busy: 'E_GITHUB_BUSY',
    unreachable: 'E_GITHUB_UNREACHABLE',
  },
});

function readToken({ secrets }: Surroundings, { token }: Settings): string {
  const value = secrets.read(token);
  if (TOKEN.test(value)) return value;
  throw new ReleaseError('E_GITHUB_KEY', {
    what: `${token} holds characters that no token has, like a space or a line end.`,
    next: `Put the token alone into ${token}.`,
    state: 'untouched',
  });
}

function settingsOf({ runbook }: Surroundings): Settings {
  const settings = runbook.services.github;
  if (settings !== undefined) return settings;
  throw notConfigured('services.github');
}

// GitHub hides what a token may not see behind the same answer as what is not there.
const sayNotFound = (failure: CallFailure, { repository, token }: Settings): string | undefined =>
  failure.kind === 'refused' && failure.status === 404
    ? `It does not exist in ${repository}, or the token in ${token} may not see it.`
    : undefined;

/** One try of a call, read to its last byte within the configured time. */
async function send<Shape extends z.ZodType>(
  surroundings: Surroundings,
  settings: Settings,
  call: GithubCall<Shape>,
): Promise<GithubAnswer> {
  const fetch = limitAnswers(surroundings.fetch, LARGEST_ANSWER);
  const home = call.isGlobal === true ? '' : `/repos/${settings.repository}`;
  const address = `${settings.apiUrl.replace(/\/$/, '')}${home}${call.path}`;
  const answer = await fetch(address, {
    method: call.json === undefined ? 'GET' : 'POST',
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${readToken(surroundings, settings)}`,
      'user-agent': 'release-runbook',
      'x-github-api-version': '2022-11-28',
      ...(call.json === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(call.json === undefined ? {} : { body: JSON.stringify(call.json) }),
    signal: AbortSignal.timeout(seconds(settings.timeoutSeconds)),
  });
  return { status: answer.status, headers: answer.headers, body: readBody(await answer.text()) };
}

/** GitHub by our own fetch, behind the one retry table and the one translation of errors. */
export function makeGithubCaller(surroundings: Surroundings) {
  const judge = <Shape extends z.ZodType>(
    { shape }: GithubCall<Shape>,
    answer: GithubAnswer,
  ): Attempt<GithubPage<z.infer<Shape>>> => {
    const { status, headers, body } = answer;
    if (status < 200 || status > 299)
      return { ok: false, failure: readRefusal(answer, surroundings.clock.now()) };
    const read = shape.safeParse(body);
    if (!read.success) return { ok: false, failure: { kind: 'garbled', status } };
    // Only whether there is a next page is read; its address would be theirs to choose (T25).
    const hasMore = /;\s*rel="next"/.test(headers.get('link') ?? '');
    return { ok: true, answer: { answer: read.data, hasMore } };
  };

  /** The answer; throws ReleaseErrors alone. A write whose answer was lost is 'unclear' and never sent again. */
  return async <Shape extends z.ZodType>(call: GithubCall<Shape>): Promise<GithubPage<z.infer<Shape>>> => {
    const settings = settingsOf(surroundings);
    const vendor = makeVendor(settings.token, readToken(surroundings, settings));
    const tryOnce = async (): Promise<Attempt<GithubPage<z.infer<Shape>>>> => {
      try {
        return judge(call, await send(surroundings, settings, call));
      } catch (error) {
        return { ok: false, failure: readFetchFailure(error) };
      }
    };
    const attempt = await callPatiently(surroundings.clock, call.effect, tryOnce);
    if (attempt.ok) return attempt.answer;
    throw sayCallFailure(vendor, call, attempt.failure, sayNotFound(attempt.failure, settings));
  };
}

export type AskGithub = ReturnType<typeof makeGithubCaller>;
