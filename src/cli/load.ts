import type { CommandModule } from './command.ts';

/** Where each command lives. Nothing is loaded before its command is typed (cold start). */
export const LOADERS: Readonly<Record<string, () => Promise<CommandModule>>> = {
  config: () => import('./commands/config.ts'),
};
