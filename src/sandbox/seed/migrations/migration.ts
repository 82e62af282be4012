/** One migration of the seeded application, as its repository and its database know it. */
export interface SeedMigration {
  readonly tag: string;
  /** Milliseconds; the journal's order, and what Drizzle stores as created_at. */
  readonly when: number;
  readonly sql: string;
  readonly rollback: string;
}
