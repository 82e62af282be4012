import { loadRunbook } from '../../src/config/load.ts';

/** The runbook that the program is shipped with, read once for all tests of a worker; nobody changes it. */
export const OWN = loadRunbook({ cwd: process.cwd() });
