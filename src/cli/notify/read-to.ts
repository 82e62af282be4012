import type { Runbook } from '../../config/schema/index.ts';
import { ReleaseError } from '../../domain/failure.ts';
import { oneLine } from '../../domain/screen-text.ts';
import { didYouMean } from '../../domain/suggest.ts';
import { findChannels, type LetterName, type TemplateName } from '../../domain/template-names.ts';
import type { CommandOptions } from '../command.ts';

const typedIn = ({ to }: CommandOptions): readonly string[] => (Array.isArray(to) ? to : []);

const noChannel = (name: string, known: readonly string[]): ReleaseError =>
  new ReleaseError('E_SLACK_CHANNEL', {
    what: `There is no channel "${oneLine(name, 60)}" in services.slack.channels.${didYouMean(name, known)}`,
    next: `Known: ${known.join(', ') || 'none'}.`,
    state: 'untouched',
  });

const nobody = (template: string): ReleaseError =>
  new ReleaseError('E_NOT_CONFIGURED', {
    what: `services.slack.routes names no channel for ${template}.`,
    next: `Add one, or name it: --to <channel>.`,
    state: 'untouched',
  });

/** Channels of a message, those of --to first. Throws E_SLACK_CHANNEL, E_NOT_CONFIGURED. */
export function readChannels(
  template: TemplateName,
  options: CommandOptions,
  { services }: Runbook,
): readonly string[] {
  const { channels = {}, routes = {} } = services.slack ?? {};
  const typed = typedIn(options).map((one) => one.replace(/^#/, ''));
  const wrong = typed.find((one) => !Object.hasOwn(channels, one));
  if (wrong !== undefined) throw noChannel(wrong, Object.keys(channels));
  const all = typed.length > 0 ? typed : findChannels(routes, template);
  if (all.length === 0) throw nobody(template);
  return [...new Set(all)];
}

const ADDRESS = /^[^\s<>@,;]+@[^\s<>@,;]+\.[^\s<>@,;]+$/;

const wrongAddress = (what: string, next: string): ReleaseError =>
  new ReleaseError('E_FLAG_VALUE', { what, next, state: 'untouched' });

/** Addresses of a letter: those of --to, else the stakeholders of the configuration; customers are never assumed. */
export function readAddresses(
  template: LetterName,
  options: CommandOptions,
  { services }: Runbook,
): readonly string[] {
  const typed = [...new Set(typedIn(options))];
  const wrong = typed.find((one) => !ADDRESS.test(one));
  if (wrong !== undefined)
    throw wrongAddress(
      `--to ${oneLine(wrong, 60)} is no mail address.`,
      'Write it like --to news@example.com.',
    );
  if (template === 'customer-rollback' && typed.length > 1)
    throw wrongAddress(
      'A letter to customers goes to one address, that of a list.',
      'Everybody who gets it would see the addresses of the others.',
    );
  if (typed.length > 0 || template === 'customer-rollback') return typed;
  return services.mail?.stakeholders ?? [];
}
