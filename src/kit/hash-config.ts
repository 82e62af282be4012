import { sha256 } from '../ledger/digest.ts';

/** sha256 of a configuration's text, in hex; how a checkout ends its lines does not count. */
export const hashConfig = (text: string): string => sha256(text.replaceAll('\r\n', '\n'));
