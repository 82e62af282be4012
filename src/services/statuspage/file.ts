import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import * as z from 'zod';
import { isSaid, STATUS_WORDS } from '../../domain/status-word.ts';
import type { Surroundings } from '../surroundings.ts';
import type { KindOf, PageOf } from './page-of.ts';
import type { StatusIncident, StatusOrder, StatusPagePort } from './port.ts';
import { fileTrouble } from './refusals.ts';

type Settings = KindOf<'file'>;

const updateShape = z.object({ state: z.enum(STATUS_WORDS), text: z.string(), at: z.string() });
const incidentShape = z.object({
  service: z.string(),
  env: z.string(),
  run: z.string(),
  title: z.string(),
  impact: z.enum(['out', 'impaired', 'none']),
  /** Newest first. */
  updates: z.array(updateShape).min(1),
});
const pageShape = z.looseObject({ incidents: z.array(incidentShape) });

type Kept = z.infer<typeof incidentShape>;

/** A page that is made from it shows no more. */
const MOST = 50;

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? 'unknown');

const asIncident = ({ run, title, updates: [newest] }: Kept): StatusIncident => ({
  run,
  title,
  state: newest?.state ?? 'investigating',
  text: newest?.text ?? '',
  at: newest?.at ?? '',
});

async function readPage(file: string, path: string): Promise<readonly Kept[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return '{"incidents":[]}';
    throw fileTrouble(path, `cannot be read (${codeOf(error)})`);
  });
  try {
    return pageShape.parse(JSON.parse(text)).incidents;
  } catch {
    // Not written over: somebody else's file must not be lost.
    throw fileTrouble(path, 'is not one that this program wrote');
  }
}

/** The one sentence of it all; good only when nothing is open. */
const sayAll = (incidents: readonly Kept[]): string => {
  const open = incidents.filter((one) => asIncident(one).state !== 'resolved');
  if (open.length === 0) return 'All Systems Operational';
  return open.some(({ impact }) => impact === 'out') ? 'Outage' : 'Degraded';
};

async function writePage(file: string, path: string, incidents: readonly Kept[]): Promise<void> {
  const page = { status: sayAll(incidents), incidents };
  const beside = `${file}.${process.pid}.new`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(beside, `${JSON.stringify(page, null, 2)}\n`, { mode: 0o644 });
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw fileTrouble(path, `cannot be written (${codeOf(error)})`);
  }
}

/** A JSON file that the owner's own page is made from: whole at every moment, newest incident first. */
export function makeFilePage(
  { root, clock }: Surroundings,
  { path }: Settings,
  { service, env }: PageOf,
): Omit<StatusPagePort, 'canRead'> {
  const file = resolve(root, path);
  const isOurs = (one: Kept): boolean => one.service === service && one.env === env;
  const isOf = (one: Kept, run: string): boolean => isOurs(one) && one.run === run;
  const write = async (order: StatusOrder, all: readonly Kept[]): Promise<StatusIncident> => {
    const { run, state, title, text, impact } = order;
    const known = all.find((one) => isOf(one, run));
    const updates = [{ state, text, at: clock.now().toISOString() }, ...(known?.updates ?? [])];
    const changed: Kept = { service, env, run, title: known?.title ?? title, impact, updates };
    const others = all.filter((one) => !isOf(one, run));
    await writePage(file, path, [changed, ...others].slice(0, MOST));
    return asIncident(changed);
  };
  return {
    list: async () => (await readPage(file, path)).filter(isOurs).map(asIncident),
    tell: async (_env, order) => {
      const all = await readPage(file, path);
      const known = all.find((one) => isOf(one, order.run));
      if (known !== undefined && isSaid(asIncident(known).state, order.state)) return asIncident(known);
      if (known === undefined && order.state === 'resolved') return undefined;
      return write(order, all);
    },
  };
}
