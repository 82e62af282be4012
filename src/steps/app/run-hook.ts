import { seconds } from '../../domain/duration.ts';
import { type Environment, ReleaseError, type Services, type StepContext } from '../../kit.ts';

type Hook = NonNullable<Environment['maintenance']>['on'];

const refused = (what: string, said: string): ReleaseError =>
  new ReleaseError('E_HOOK_REFUSED', {
    what: `${what} was refused: ${said}.`,
    next: 'Look at the hook in runbook.config.yaml and at the application; then resume.',
    state: 'unclear',
  });

/** Carries out a configured call or command; anything but 2xx or exit 0 throws E_HOOK_REFUSED. */
export async function runHook(
  { web, shell }: Pick<Services, 'web' | 'shell'>,
  env: string,
  hook: Hook,
  what: string,
  { secret }: Pick<StepContext, 'secret'>,
): Promise<void> {
  if ('command' in hook) {
    const answer = await shell.line(hook.command, { timeoutMs: seconds(60), env: { RELEASE_ENV: env } });
    if (answer.code !== 0) throw refused(what, `the command ended with ${answer.code}`);
    return;
  }
  const answer = await web.request(env, {
    method: hook.method,
    path: hook.path,
    headers: {
      'content-type': 'application/json',
      ...(hook.token ? { authorization: `Bearer ${secret(hook.token)}` } : {}),
    },
    body: JSON.stringify(hook.json ?? {}),
  });
  if (answer.status < 200 || answer.status > 299) throw refused(what, `HTTP ${answer.status}`);
}
