export interface Letter {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
}

/** E-mail. Without SMTP it writes files for a person to send. */
export interface MailPort {
  send(
    letter: Letter,
    name: string,
  ): Promise<{ readonly files: readonly string[]; readonly messageId?: string }>;
}
