import { isReleaseError, type ReleaseError } from '../../src/domain/failure.ts';
import { ReleaseError as Failure } from '../../src/kit.ts';

/** The same error, told with the environment it came from and what follows from it. */
const inEnv = (env: string, { code, text }: ReleaseError, others: readonly string[]): ReleaseError =>
  new Failure(code, {
    ...text,
    what: `${env}: ${text.what}`,
    why: [...others, 'Parity cannot be judged, and that is no GO.'].join(' '),
  });

/** Both environments at once. Throws what kept one from being read, and names the other one when neither was. */
export async function readBoth<Side>(
  [left, right]: readonly [string, string],
  read: (env: string) => Promise<Side>,
): Promise<readonly [Side, Side]> {
  const [one, other] = await Promise.allSettled([read(left), read(right)]);
  if (one.status === 'fulfilled' && other.status === 'fulfilled') return [one.value, other.value];
  const failures = [
    { env: left, ended: one },
    { env: right, ended: other },
  ].flatMap(({ env, ended }) =>
    ended.status === 'rejected' ? [{ env, error: ended.reason as unknown }] : [],
  );
  const [first, second] = failures;
  if (first === undefined || !isReleaseError(first.error)) throw first?.error;
  const also =
    second !== undefined && isReleaseError(second.error) ? [`${second.env}: ${second.error.text.what}`] : [];
  throw inEnv(first.env, first.error, also);
}
