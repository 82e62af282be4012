/** Values of secrets, by the names that the configuration gives them. */
export interface Secrets {
  /** The value of `$NAME`; throws E_SECRET_MISSING. */
  read(name: string): string;
  has(name: string): boolean;
  /** Tells the redactor about a secret that a service answered with, like a connection string. */
  learn(value: string): void;
}
