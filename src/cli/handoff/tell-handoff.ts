import type { Standing } from '../../domain/handoff/judge-item.ts';
import { writeHandoff } from '../../report/handoff/handoff-markdown.ts';
import { type HandoffView, sayHandoff } from '../../report/handoff/handoff-text.ts';
import { KIND_WORDS } from '../../report/handoff/kind-words.ts';
import type { CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import { lookOf } from '../look-of.ts';
import type { Wired } from '../wired.ts';
import type { Meeting } from './meeting.ts';
import { writeFolder } from './write-folder.ts';

const asJson = ({ item, state, said, from, at, by, next }: Standing) => ({
  ...{ id: item.id, rows: [...item.rows], group: item.group, text: item.text, mode: item.mode, state, said },
  ...{ from: from ?? null, at: at ?? null, by: by ?? null, next: next ?? null },
});

/** What there is to tell. */
interface Told {
  readonly view: HandoffView;
  /** A line for each signature, or for the command that was passed on. */
  readonly recorded: readonly string[];
  /** True: command was offered or taken, which is what was asked for. */
  readonly isPassed: boolean;
}

/** A screen for a terminal, the whole document for a pipe: `release handoff before v2.1.0 > handoff.md`. */
export function tellHandoff(
  meeting: Meeting,
  { view, recorded, isPassed }: Told,
  folder: string | undefined,
  context: CliContext,
  { env, runbook, clock }: Wired,
): CommandResult {
  const { terminal } = context;
  const { kind, version, subject, warnings } = meeting;
  const { standings, verdict } = view;
  const look = lookOf({ terminal });
  const document = (): string => writeHandoff(view, clock.now().toISOString(), runbook.timezone);
  const files =
    folder === undefined
      ? []
      : writeFolder(
          folder,
          [
            { name: 'handoff', title: `${KIND_WORDS[kind].title}: ${version}`, markdown: document() },
            ...meeting.files(standings),
          ],
          context,
        );
  return {
    exitCode: verdict.complete || isPassed ? EXIT.ok : EXIT.no,
    verdict: verdict.complete ? 'complete' : 'open',
    result: {
      ...{ kind, subject, complete: verdict.complete, items: standings.map(asJson) },
      files: [...files],
      signatures: (verdict.signed?.lines ?? []).map(({ role, state, signOff, why }) => ({
        role,
        state,
        person: signOff?.payload.person ?? null,
        method: signOff?.payload.method ?? null,
        why: why ?? null,
      })),
    },
    text: [...recorded, terminal.stdoutIsTty ? sayHandoff(view, look) : document()].join('\n'),
    next: [],
    warnings,
    env,
    version,
    sandbox: runbook.sandbox,
  };
}
