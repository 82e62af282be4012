// RuR2 as slow as in production: every answer takes a time that is drawn from seed, endpoint and its number alone. It notes how
// long each answer really took. Prints its port; ends with its stdin.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';

// Medians and spreads of the public profile (log-normal); a deletion costs nothing.
const ENDPOINTS = {
  'GET /health': ['health', 48, 0.38],
  'GET /api/health': ['api-health', 92, 0.36],
  'POST /api/auth/login': ['login', 150, 0.35],
  'GET /api/auth/me': ['me', 60, 0.35],
  'GET /api/assessments': ['list-assessments', 115, 0.4],
  'POST /api/assessments': ['create-assessment', 185, 0.38],
  'GET /api/assessments/456': ['get-assessment', 130, 0.42],
  'POST /api/payments/webhook': ['webhook', 84, 0.36],
  'POST /api/payments/create-checkout': ['checkout', 230, 0.4],
  'GET /api/health/db': ['health-db', 62, 0.35],
  'POST /api/assessments/456/evidence': ['evidence', 430, 0.42],
  'POST /api/assessments/456/export': ['export', 220, 0.4],
  'GET /api/exports/9/download': ['download', 800, 0.35],
};

const ANSWERS = {
  health: { status: 'ok', version: '2.1.0', timestamp: 'now' },
  'api-health': { status: 'healthy', database: 'connected', stripe: 'configured' },
  login: { token: 't', user: {} },
  me: { id: 1, email: 'smoke@example.com', facilityId: 1 },
  'list-assessments': [],
  'get-assessment': { id: 456, name: 'x', questions: [{ id: 1 }] },
  webhook: { received: true },
  checkout: { sessionId: 'cs_1', url: 'http://x' },
  'health-db': { connected: true, latency_ms: 1, pool_size: 1, active_connections: 1 },
  evidence: { id: 5, filename: 'x', url: '/x' },
  export: { exportId: 9, status: 'processing' },
};

const SEED = process.argv[2] ?? 'rur2-public';
const seen = {};
const served = {};
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();

/** A number that only seed, endpoint and count decide, normal with spread 1. */
function draw(id, k) {
  const hash = createHash('sha256').update(`${SEED} ${id} ${k}`).digest();
  const [u, v] = [hash.readUInt32BE(0), hash.readUInt32BE(4)].map((one) => (one + 1) / 2 ** 32);
  return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
}

function bodyOf(id, text) {
  if (id === 'create-assessment') return { id: 456, name: JSON.parse(text).name, status: 'draft' };
  return ANSWERS[id] ?? {};
}

const read = async (request) => {
  let text = '';
  for await (const part of request) text += part;
  return text;
};

const server = createServer(async (request, response) => {
  const start = performance.now();
  if (request.url === '/-/served') {
    response.end(JSON.stringify({ served, loopP99Ms: delay.percentile(99) / 1e6 }));
    for (const id of Object.keys(served)) delete served[id];
    for (const id of Object.keys(seen)) delete seen[id];
    return;
  }
  const text = await read(request);
  const found = ENDPOINTS[`${request.method} ${request.url}`];
  if (found === undefined) return response.writeHead(204).end();
  const [id, median, spread] = found;
  seen[id] = (seen[id] ?? 0) + 1;
  const at = seen[id] - 1;
  served[id] ??= [];
  setTimeout(
    () => {
      const body = id === 'download' ? '%PDF-1.4' : JSON.stringify(bodyOf(id, text));
      response.end(body, () => {
        if (served[id] !== undefined) served[id][at] = performance.now() - start;
      });
    },
    median * Math.exp(spread * draw(id, seen[id])),
  );
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
process.stdin.on('end', () => process.exit(0)).resume();
