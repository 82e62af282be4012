import { forgetTerminal } from './own-env.ts';

/**
 * Loads pg, for which an address means the same on every machine. It tells Node from another platform by `navigator`, and
 * without one it makes a Response: Node 20 has none, and loading the platform's fetch for that takes longer than a question
 * to the database. Later Nodes say the same of themselves.
 */
export async function importPg() {
  // It blocks for as long as a request takes to leave: those that are ready go first.
  await new Promise(setImmediate);
  if (!('navigator' in globalThis)) {
    const value = { userAgent: `Node.js/${process.versions.node.split('.')[0]}` };
    Object.defineProperty(globalThis, 'navigator', { value, configurable: true, writable: true });
  }
  forgetTerminal();
  const { default: pg } = await import('pg');
  return pg;
}
