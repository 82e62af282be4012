import { seconds } from '../../domain/duration.ts';
import { isReleaseError } from '../../domain/failure.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';

/** What opens a file on this platform, by argument list; undefined where there is no screen to show it on. */
export function findOpener(
  platform: NodeJS.Platform,
  file: string,
  env: CliContext['env'],
): readonly [program: string, args: readonly string[]] | undefined {
  if (platform === 'darwin') return ['open', [file]];
  if (platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', file]];
  const hasScreen = Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
  return hasScreen ? ['xdg-open', [file]] : undefined;
}

const SCREEN = ['DISPLAY', 'WAYLAND_DISPLAY', 'XDG_RUNTIME_DIR', 'XAUTHORITY', 'DBUS_SESSION_BUS_ADDRESS'];

const screenOf = (env: CliContext['env']): Record<string, string> =>
  Object.fromEntries(SCREEN.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));

const notOpened = (why: string): readonly string[] => [`It was not opened: ${why}.`];

/** Shows a page in the browser, without a shell. Returns why it could not, in words; a report that nobody sees is written all the same. */
export async function openPage(
  file: string,
  { env, terminal }: Pick<CliContext, 'env' | 'terminal'>,
  { services }: Pick<Wired, 'services'>,
): Promise<readonly string[]> {
  if (!terminal.stdoutIsTty || terminal.isCi) return notOpened('this is not a terminal');
  const opener = findOpener(process.platform, file, env);
  if (opener === undefined) return notOpened('there is no screen here');
  const [program, args] = opener;
  try {
    const { code } = await services.shell.program(program, args, {
      timeoutMs: seconds(5),
      env: screenOf(env),
    });
    return code === 0 ? [] : notOpened(`${program} ended with ${code}`);
  } catch (error) {
    if (!isReleaseError(error)) throw error;
    return notOpened(error.text.what);
  }
}
