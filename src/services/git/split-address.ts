/** One setting of git, handed over by environment: an argument list can be read by everybody on the machine. */
export type GitSetting = readonly [key: string, value: string];

export interface RemoteAddress {
  /** The address as git may be told it: with nothing secret inside. */
  readonly url: string;
  readonly settings: readonly GitSetting[];
  /** What no message may repeat. */
  readonly secrets: readonly string[];
}

const WITH_USER = /^([^/@]*:\/\/)([^/?#]*)@(.*)$/s;

/** Shorter ones are no secret, and hiding them would make any text unreadable. */
const SHORTEST_SECRET = 4;

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function splitUser(text: string): readonly [user: string, password: string] {
  const colon = text.indexOf(':');
  return colon < 0 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)];
}

/**
 * Takes user and password out of an http address and makes settings of them, percent-decoded (T03). A user without a
 * password is left to the credential helper, as git itself would. The user name of an ssh address is no secret and
 * stays; a password has no meaning there.
 */
export function splitAddress(address: string): RemoteAddress {
  const [, scheme, info, rest = ''] = WITH_USER.exec(address) ?? [];
  if (scheme === undefined || info === undefined) return { url: address, settings: [], secrets: [] };
  const raw = splitUser(info);
  const [user, password] = [decode(raw[0]), decode(raw[1])];
  const isHttp = /https?:\/\/$/i.test(scheme);
  const url = isHttp ? `${scheme}${rest}` : `${scheme}${raw[0]}@${rest}`;
  const basic = Buffer.from(`${user}:${password}`).toString('base64');
  const told: GitSetting =
    password === ''
      ? [`credential.${url}.username`, user]
      : [`http.${url}.extraHeader`, `Authorization: Basic ${basic}`];
  const secrets = [basic, password, raw[1], ...(isHttp ? [user, raw[0]] : [])];
  return {
    url,
    settings: isHttp ? [told] : [],
    secrets: secrets.filter((one) => one.length >= SHORTEST_SECRET),
  };
}
