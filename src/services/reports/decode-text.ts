/** The text of a report: UTF-8, or UTF-16 as a redirect of PowerShell writes it. Without its byte order mark. */
export function decodeText(bytes: Buffer): string {
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  return bytes.toString(isWide ? 'utf16le' : 'utf8').replace(/^\ufeff/, '');
}
