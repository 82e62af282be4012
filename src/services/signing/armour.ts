const [BEGIN, END] = ['-----BEGIN SSH SIGNATURE-----', '-----END SSH SIGNATURE-----'];
const LINE = 70;

/** The base64 between the frame of a signature; undefined where there is none. */
export function takeFrameOff(armoured: string): string | undefined {
  const [, rest] = armoured.split(BEGIN);
  return rest?.split(END)[0]?.replace(/\s/g, '') || undefined;
}

/** A signature as ssh-keygen reads it. Whatever is no base64 is left out: a signature never brings lines of its own. */
export function frame(signature: string): string {
  const lines = signature.replace(/[^A-Za-z0-9+/=]/g, '').match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
  return `${[BEGIN, ...lines, END].join('\n')}\n`;
}
