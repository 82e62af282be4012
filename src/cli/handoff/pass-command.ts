import { findPerson } from '../../config/find-person.ts';
import { ReleaseError } from '../../domain/failure.ts';
import type { Command } from '../../ledger/fold-command.ts';
import { listIncidents } from '../../ledger/list-incidents.ts';
import { sayClock } from '../../report/messages/times.ts';
import { findSigner, notListed } from '../approve/find-signer.ts';
import type { CommandOptions } from '../command.ts';
import { confirmWords } from '../confirm.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';
import { commandOf } from './command-of.ts';
import type { Meeting } from './meeting.ts';
import { tellCommand } from './tell-command.ts';

const refuse = (what: string, why: string, next: string): ReleaseError =>
  new ReleaseError('E_FLAG_REFUSED', { what, why, next, state: 'untouched' });

/** What is passed on, by whom. */
interface Passing {
  readonly meeting: Meeting;
  /** Key under `people` of whoever sits here. */
  readonly self: string;
}

/** As it stands now, and not when the screen was drawn. */
async function readCommand(subject: string, { ledger, scope, runbook }: Wired): Promise<Command> {
  const events = await ledger.read(scope);
  const incident = listIncidents(events, runbook.timezone).find(({ id }) => id === subject);
  return incident === undefined ? {} : commandOf(events, incident, runbook);
}

const nameOf = (person: string, { runbook }: Wired): string => runbook.people[person]?.name ?? person;

type Passed = 'handoff.offered' | 'handoff.accepted';

async function note(
  type: Passed,
  data: Record<string, string>,
  context: CliContext,
  { ledger, scope, clock }: Wired,
) {
  const chance = Math.floor(context.random() * 1e9).toString(36);
  const id = `command-${clock.now().getTime().toString(36)}-${chance}`;
  await ledger.note(scope, { id, run: id, type, data } as never);
}

/** Offers the command of an incident. It stays with whoever has it until the other one accepts. */
async function offer(
  to: string,
  { meeting, self }: Passing,
  context: CliContext,
  wired: Wired,
): Promise<string> {
  const { runbook, file, clock } = wired;
  const person = findPerson(runbook, to);
  if (person === undefined) throw notListed(to, file);
  const { subject, version } = meeting;
  const { commander } = await readCommand(subject, wired);
  if (person === (commander ?? self))
    throw refuse(
      `${nameOf(person, wired)} commands it already.`,
      'Command is offered to somebody else.',
      'release handoff emergency shows who commands',
    );
  await note('handoff.offered', { subject, version, by: self, to: person }, context, wired);
  const at = sayClock(clock.now().toISOString(), runbook.timezone);
  const still = nameOf(commander ?? self, wired);
  return `  Offered to ${nameOf(person, wired)} ${at}. ${still} is still commander.`;
}

const notOffered = (subject: string, offered: string | undefined): ReleaseError =>
  refuse(
    `${subject} was not offered to you.`,
    offered === undefined ? 'Nobody has offered it to anybody.' : `It was offered to ${offered}.`,
    `Whoever commands says  release handoff emergency ${subject} --to <you>`,
  );

/** Takes the command that was offered, or that nobody has: the incident is named once more, so that nobody takes it in passing. */
async function accept(
  typed: string | undefined,
  { meeting, self }: Passing,
  context: CliContext,
  wired: Wired,
): Promise<string> {
  const { subject, version } = meeting;
  const { commander, offer } = await readCommand(subject, wired);
  const offered = offer?.to;
  const isFree = commander === undefined && offer === undefined;
  if (!isFree && offered !== self)
    throw notOffered(subject, offered === undefined ? undefined : nameOf(offered, wired));
  await confirmWords(
    context,
    subject,
    `${subject} as the incident on the command line`,
    typed?.toUpperCase() === subject,
  );
  await note('handoff.accepted', { subject, version, by: self }, context, wired);
  const since = sayClock(wired.clock.now().toISOString(), wired.runbook.timezone);
  const before = commander === undefined ? undefined : nameOf(commander, wired);
  const untold = await tellCommand({ subject, by: nameOf(self, wired), before }, wired);
  return [`  ${nameOf(self, wired)} is commander since ${since}.`, ...untold].join('\n');
}

/** `--to` and `--accept` of an emergency (HOE-19); undefined where neither was given. Throws E_FLAG_REFUSED, E_NOT_LISTED (exit 2). */
export async function passCommand(
  typed: string | undefined,
  meeting: Meeting,
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<string | undefined> {
  const { to, accept: takes } = options;
  if (typeof to !== 'string' && takes !== true) return undefined;
  if (meeting.kind !== 'emergency')
    throw refuse('--to and --accept go with an emergency.', 'Other handoffs are signed.', '--sign');
  if (typeof to === 'string' && takes === true)
    throw refuse('--to and --accept are two words.', 'Nobody offers and takes at once.', 'Give one of them.');
  const passing = { meeting, self: (await findSigner({}, context, wired)).person };
  return typeof to === 'string' ? offer(to, passing, context, wired) : accept(typed, passing, context, wired);
}
