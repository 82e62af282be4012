import type { Token, Tokens } from 'marked';

function plainOne(token: Token): string {
  if (token.type === 'br') return '\n';
  if (token.type === 'checkbox') return '';
  if (token.type === 'codespan') return (token as Tokens.Codespan).text;
  if (token.type === 'html') return token.raw.startsWith('<!--') ? '' : token.raw;
  if ('tokens' in token && token.tokens !== undefined && token.tokens.length > 0)
    return plainInline(token.tokens);
  return 'text' in token && typeof token.text === 'string' ? token.text : token.raw;
}

/** The words of a line without marks, links and comments; a break of the line stays one. */
export const plainInline = (tokens: readonly Token[]): string => tokens.map(plainOne).join('');
