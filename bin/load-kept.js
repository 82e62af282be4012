// Node 20 compiles a program anew at every start, which is a third of the time of a short command. Here V8's own record
// of what it compiled is kept, one file for each command; later Nodes do that themselves (module.enableCompileCache).
const { createHash } = require('node:crypto');
const { lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { basename, dirname, join, resolve } = require('node:path');
const vm = require('node:vm');

const FOREIGN_WRITE = 0o022;
const USAGE = 2;
const HEAD = '(function(exports,require,module,__filename,__dirname){';

const sha256 = (data) => createHash('sha256').update(data).digest('hex');

/** A folder that somebody else may write to could hold somebody else's program. */
function isOurs(folder) {
  const facts = lstatSync(folder);
  const own = process.getuid?.();
  return (
    facts.isDirectory() && (own === undefined || (facts.uid === own && (facts.mode & FOREIGN_WRITE) === 0))
  );
}

function isUsable(folder) {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return isOurs(folder);
  } catch {
    return false;
  }
}

/** V8 looks at its own version and flags, not at the content: half of a file would be run as it is. */
function readKept(path, key) {
  try {
    const file = readFileSync(path);
    const end = file.indexOf('\n');
    const told = JSON.parse(file.toString('utf8', 0, end));
    const body = file.subarray(end + 1);
    if (told.key !== key || told.sum !== sha256(body)) return new Map();
    return new Map(told.parts.map(([name, from, to]) => [name, body.subarray(from, to)]));
  } catch {
    return new Map();
  }
}

/** Written beside and renamed: another start never meets half of it. */
function writeKept(path, key, kept) {
  const parts = [];
  let at = 0;
  for (const [name, { length }] of kept) {
    parts.push([name, at, at + length]);
    at += length;
  }
  const body = Buffer.concat([...kept.values()]);
  const beside = `${path}.${process.pid}`;
  try {
    const told = JSON.stringify({ key, sum: sha256(body), parts });
    writeFileSync(beside, Buffer.concat([Buffer.from(`${told}\n`), body]), { mode: 0o600 });
    renameSync(beside, path);
  } catch {
    // What can be made again is worth no error.
    rmSync(beside, { force: true });
  }
}

/** `require` for the files of the bundle; `kept` holds what V8 made of some of them. */
function makeLoader(kept) {
  const loaded = new Map();
  const fresh = new Map();
  const load = (file) => {
    const known = loaded.get(file);
    if (known !== undefined) return known.exports;
    const cachedData = kept.get(basename(file));
    const source = `${HEAD}${readFileSync(file, 'utf8')}\n})`;
    const script = new vm.Script(source, { filename: file, columnOffset: -HEAD.length, cachedData });
    if (cachedData === undefined || script.cachedDataRejected) fresh.set(basename(file), script);
    const own = { exports: {} };
    loaded.set(file, own);
    const folder = dirname(file);
    const ask = (name) => (name.startsWith('.') ? load(resolve(folder, name)) : require(name));
    script.runInThisContext()(own.exports, ask, own, file, folder);
    return own.exports;
  };
  return { load, fresh };
}

/**
 * Runs the bundle that begins with `main`, with what was kept in `folder` for this command by the same build and Node.
 * What was compiled besides is kept when the process ends, with the functions that ran: nobody waits for it before. A
 * line that was refused keeps nothing: its first word may be no command.
 */
exports.loadKept = (main, folder, command) => {
  const path = join(folder, `${command}.bin`);
  const mark = readFileSync(join(dirname(main), 'mark'), 'utf8');
  const key = [mark, process.version, process.arch, command].join(' ');
  const isKeeping = isUsable(folder);
  const kept = isKeeping ? readKept(path, key) : new Map();
  const { load, fresh } = makeLoader(kept);
  process.on('exit', (code) => {
    if (!isKeeping || fresh.size === 0 || code === USAGE) return;
    for (const [name, script] of fresh) kept.set(name, script.createCachedData());
    writeKept(path, key, kept);
  });
  load(main);
};
