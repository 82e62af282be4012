import { extname } from 'node:path';
import { ReleaseError } from '../domain/failure.ts';
import type { JsonObject } from '../domain/json.ts';
import type { GateReport } from '../report/files/gate-report.ts';
import { writeJunit } from '../report/files/junit.ts';
import { fence, writeMarkdown } from '../report/files/markdown.ts';
import { writeSarif } from '../report/files/sarif.ts';
import { writeTap } from '../report/files/tap.ts';
import type { CommandSpec } from './catalogue/spec.ts';
import type { Output } from './context.ts';

/** What a command ended with, in every form that a file can take. */
export interface Ended {
  readonly envelope: JsonObject;
  /** As it stands on the screen. */
  readonly text: string;
  /** Undefined for commands without findings. */
  readonly report: GateReport | undefined;
  /** Markdown that is the answer itself; a file of that kind gets it as it is. */
  readonly document?: string;
  readonly error?: ReleaseError;
}

type Kind = (ended: Ended) => string;

const asText = ({ envelope, text }: Ended): string => {
  const { command, version, verdict, finishedAt } = envelope;
  const head = [`# release ${command}`, version ?? '', verdict ? `— ${String(verdict).toUpperCase()}` : ''];
  return `${head.filter(Boolean).join(' ')}\n\n${finishedAt}\n\n${fence(text)}\n`;
};

const COMMON: Readonly<Record<string, Kind>> = {
  '.json': ({ envelope }) => `${JSON.stringify(envelope, null, 2)}\n`,
  '.md': (ended) => ended.document ?? (ended.report ? writeMarkdown(ended.report) : asText(ended)),
};

const OF_FINDINGS: Readonly<Record<string, (report: GateReport) => string>> = {
  '.xml': writeJunit,
  '.sarif': writeSarif,
  '.tap': writeTap,
};

/** Of a report; no other command names it. */
const PAGE = '.html';

const kindOf = (file: string): string => extname(file).toLowerCase();

/**
 * Throws E_OUT_KIND for an --out file of a kind that this command cannot write; asked before any work is done, so that
 * nobody waits for a gate and then has nothing to read.
 */
export function checkOutFiles(
  files: readonly string[],
  spec: Pick<CommandSpec, 'name' | 'hasFindings' | 'writesPage'>,
): void {
  const kinds = [
    ...Object.keys(COMMON),
    ...(spec.hasFindings ? Object.keys(OF_FINDINGS) : []),
    ...(spec.writesPage ? [PAGE] : []),
  ];
  const wrong = files.filter((file) => !kinds.includes(kindOf(file)));
  if (wrong.length === 0) return;
  throw new ReleaseError('E_OUT_KIND', {
    what: `--out of ${spec.name} cannot write ${wrong.join(', ')}.`,
    next: `End the name in ${kinds.join(', ')}.`,
    state: 'untouched',
  });
}

function render(file: string, ended: Ended): string | undefined {
  const kind = kindOf(file);
  const common = COMMON[kind];
  if (common) return common(ended);
  return ended.report && OF_FINDINGS[kind]?.(ended.report);
}

const sayWhy = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Writes the result into each file, in the kind that its name says. Returns what could not be written, in words. A page is
 * written by the command that has one.
 */
export function writeOutFiles(files: readonly string[], ended: Ended, out: Pick<Output, 'file'>): string[] {
  return files.flatMap((file) => {
    if (kindOf(file) === PAGE) return [];
    const text = render(file, ended);
    if (text === undefined) return [`--out ${file} was not written: there are no findings to put into it`];
    try {
      out.file(file, text);
      return [];
    } catch (error) {
      return [`--out ${file} was not written: ${sayWhy(error)}`];
    }
  });
}
