import { sha256 } from '../ledger/digest.ts';

/** sha256 of a text in hex. */
export const hashText = (text: string): string => sha256(text);
