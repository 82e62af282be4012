/** What a server is started with: small and fast, because its data live only as long as the sandbox. */
const FIXED: Readonly<Record<string, string>> = {
  fsync: 'off',
  shared_buffers: '16MB',
  // As many as Neon's smallest compute has, so that shares of the pool look real.
  max_connections: '104',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  wal_level: 'replica',
  max_wal_senders: '0',
  // A copy of running data needs every segment that was written meanwhile.
  wal_keep_size: '64MB',
  autovacuum: 'off',
  log_min_messages: 'fatal',
  timezone: 'UTC',
};

/** Settings of one server as `postgres -c` takes them. `version` is the major version of the data. */
export const makeSettings = (
  version: number,
  own: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> => ({
  ...FIXED,
  // The default of 18 starts three workers more, which a sandbox has nothing to do for.
  ...(version >= 18 ? { io_method: 'sync' } : {}),
  // Thousands of rounds slow down who guesses a weak password. These are random, and every question is a session.
  ...(version >= 16 ? { scram_iterations: '1' } : {}),
  ...own,
});
