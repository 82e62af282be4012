/** What a secret's name looks like. Anything else at such a place may be the secret itself. */
export const SECRET_NAME = /^\$[A-Z][A-Z0-9_]*$/;
