import { posix } from 'node:path';
import {
  CONFIG_MAY_ALSO_IMPORT,
  CORRIDOR,
  DOORS,
  EMPTY_NAMES,
  LONGEST_FILE,
  LONGEST_FUNCTION,
  MAY_IMPORT,
  NODE_DOORS,
  OUTSIDE_FILES,
  PURE_ROOMS,
} from './rules.ts';
import { functionsOf, importsOf, roomOf, type SourceFile, withoutComments } from './source-file.ts';

/** Every breach of the house rules, one sentence each. */
export function findBreaches(files: readonly SourceFile[]): string[] {
  return [...files.flatMap(breachesOf), ...roomsWithoutCard(files), ...rings(files)];
}

function breachesOf(file: SourceFile): string[] {
  const found = [
    ...importsOf(file).flatMap((specifier) => breachesOfImport(file, specifier)),
    ...breachesOfSize(file),
    ...breachesOfText(file),
  ];
  return found.map((what) => `${file.path}: ${what}`);
}

function breachesOfImport(file: SourceFile, specifier: string): string[] {
  if (specifier.startsWith('node:')) return breachesOfNode(file, specifier);
  if (!specifier.startsWith('.')) return breachesOfDoor(file, specifier);
  if (!specifier.endsWith('.ts')) return [`the import ${specifier} does not end in .ts`];
  const room = roomOf(file.path);
  const target = targetOf(file, specifier);
  const wanted = roomOf(target);
  if (target.startsWith('..')) return [`${specifier} leaves src`];
  if (PURE_ROOMS.has(room) && target === 'time/clock.ts') return ['is in a pure room and imports the clock'];
  if (wanted === room) return [];
  if (!(MAY_IMPORT[room] ?? []).includes(wanted)) return [`${room} may not import ${wanted} (${target})`];
  if (room === 'config' && !isOpenToConfig(target))
    return [`config may import only schema.ts of ${wanted}, not ${target}`];
  return [];
}

function isOpenToConfig(target: string): boolean {
  const room = roomOf(target);
  const isClosed = [...CORRIDOR, 'ledger', 'daemon', 'notify'].some((one) => one === room);
  return !isClosed || posix.basename(target) === 'schema.ts' || CONFIG_MAY_ALSO_IMPORT.includes(target);
}

function breachesOfNode(file: SourceFile, specifier: string): string[] {
  const room = roomOf(file.path);
  if (PURE_ROOMS.has(room)) return [`${room} is pure and imports ${specifier}`];
  const files = OUTSIDE_FILES[room];
  if (files && !files.includes(file.path))
    return [`of ${room} only ${files.join(', ')} may import ${specifier}`];
  const allowed = NODE_DOORS[specifier];
  return allowed && !allowed.includes(room) ? [`${specifier} is imported by ${allowed.join(', ')} only`] : [];
}

function breachesOfDoor(file: SourceFile, specifier: string): string[] {
  const name = specifier.startsWith('@')
    ? specifier.split('/', 2).join('/')
    : (specifier.split('/')[0] ?? '');
  if (name === 'zod')
    return mayUseZod(file.path) ? [] : ['zod is for schema.ts, config and mapping/transforms'];
  const doors = DOORS[name];
  if (!doors) return [`${name} has no door`];
  return doors.includes(roomOf(file.path)) ? [] : [`${name} is imported by ${doors.join(', ')} only`];
}

function mayUseZod(path: string): boolean {
  return (
    posix.basename(path) === 'schema.ts' ||
    roomOf(path) === 'config' ||
    path.startsWith('mapping/transforms/')
  );
}

function breachesOfSize(file: SourceFile): string[] {
  const lines = file.text.trimEnd().split('\n').length;
  const tooLong = functionsOf(file).filter((one) => one.lines > LONGEST_FUNCTION);
  return [
    ...(lines > LONGEST_FILE ? [`has ${lines} lines, more than ${LONGEST_FILE}`] : []),
    ...tooLong.map(
      (one) => `the function at line ${one.line} has ${one.lines} lines, more than ${LONGEST_FUNCTION}`,
    ),
  ];
}

function breachesOfText({ path, text }: SourceFile): string[] {
  const code = withoutComments(text);
  const names = path.replace(/\.ts$/, '').split('/');
  const readsClock =
    PURE_ROOMS.has(roomOf(path)) && /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(/.test(code);
  return [
    ...(/^export default\b/m.test(code) ? ['has a default export'] : []),
    ...(/^export (?:type )?(?:\*|\{[^}]*\}) from\b/m.test(code) ? ['exports what another file has'] : []),
    ...(readsClock ? ['is in a pure room and reads a clock'] : []),
    ...names.filter((name) => EMPTY_NAMES.has(name)).map((name) => `the name ${name} says nothing`),
    ...names
      .filter((name) => !/^[a-z][a-z0-9-]*$/.test(name))
      .map((name) => `the name ${name} is not kebab-case`),
    ...(names.length > 1 && !(roomOf(path) in MAY_IMPORT) ? [`the room ${roomOf(path)} is in no table`] : []),
  ];
}

const CARD =
  /^\/\*\*(?:(?!\*\/)[\s\S])*\* in: (?:(?!\*\/)[\s\S])*\* out: (?:(?!\*\/)[\s\S])*\* promises: (?:(?!\*\/)[\s\S])*\* never: /;

function roomsWithoutCard(files: readonly SourceFile[]): string[] {
  const rooms = new Set(files.filter(({ path }) => path.includes('/')).map(({ path }) => roomOf(path)));
  const withCard = new Set(files.filter(({ text }) => CARD.test(text)).map(({ path }) => roomOf(path)));
  return [...rooms]
    .filter((room) => !withCard.has(room))
    .map((room) => `${room}: no file opens with the card of the room`);
}

/** Files that import each other in a circle, each circle once. */
function rings(files: readonly SourceFile[]): string[] {
  const graph = new Map(files.map((file) => [file.path, targetsOf(file)]));
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path);
    if (at >= 0) {
      found.push(`a ring of imports: ${[...trail.slice(at), path].join(' -> ')}`);
      return;
    }
    if (done.has(path)) return;
    for (const next of graph.get(path) ?? []) walk(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) walk(path, []);
  return found;
}

function targetsOf(file: SourceFile): string[] {
  return importsOf(file)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => targetOf(file, specifier));
}

function targetOf(file: SourceFile, specifier: string): string {
  return posix.normalize(posix.join(posix.dirname(file.path), specifier));
}
