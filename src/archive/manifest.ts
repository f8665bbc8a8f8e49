import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError } from '../files/disk-error.ts';
import { hashFile } from '../files/hash-file.ts';
import { inLanes } from '../files/in-lanes.ts';
import type { KnownFiles } from './known-files.ts';
import { MANIFEST_FILE, STATE_FILE, SUMS_FILE } from './layout.ts';
import { byCode, readTree } from './read-entries.ts';
import { type Link, type Manifest, manifestSchema } from './schema.ts';

/** A manifest.json as it lies there, with the hash by which the next run refers to it. */
export interface SealedManifest {
  manifest: Manifest;
  sha256: string;
}

/** No manifest can hold the hash of itself; the state leaves the folder before it is sealed. */
const UNLISTED: ReadonlySet<string> = new Set([MANIFEST_FILE, SUMS_FILE, STATE_FILE]);

export type SealedFile = Manifest['files'][number];

/** A file as it lies there, which is another one than it was where it is encrypted. */
export function asStored({ stored, ...file }: SealedFile): Omit<SealedFile, 'stored'> {
  return stored ?? file;
}

/** Files of a folder, by their paths, that need not be hashed for its manifest. */
interface Listed {
  /** Hashed already, plain and as they lie there. */
  encrypted: ReadonlyMap<string, SealedFile>;
  /** As they were received and drafted. */
  known: KnownFiles;
}

/** What a run's folder holds; what is not known yet is hashed now. */
export async function buildManifest(
  folder: string,
  about: { run: string; connection: string; sealedAt: string; previous: Link | undefined },
  { encrypted, known }: Listed,
): Promise<Manifest> {
  const paths = (await readTree(folder)).files.filter((path) => !UNLISTED.has(path));
  const files = await inLanes(
    paths,
    async (path) => encrypted.get(path) ?? (await listFile(folder, path, known)),
  );
  const { run, connection, sealedAt, previous } = about;
  return { run, connection, sealed_at: sealedAt, files, previous: previous ?? null };
}

async function listFile(folder: string, path: string, known: KnownFiles): Promise<SealedFile> {
  const { sizeBytes, sha256 } = known.get(path) ?? (await hashFile(join(folder, path)));
  return { path, bytes: sizeBytes, sha256 };
}

export function renderManifest(manifest: Manifest): string {
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

/** What `sha256sum -c` reads: every file of the folder with the manifest, but not this one. */
export function renderSums(
  files: readonly { path: string; sha256: string }[],
  manifestSha256: string,
): string {
  return [...files, { path: MANIFEST_FILE, sha256: manifestSha256 }]
    .toSorted((one, other) => byCode(one.path, other.path))
    .map(({ path, sha256 }) => `${sha256}  ${path}\n`)
    .join('');
}

/** The same lines read back; a line of another form is left out, and so differs from what it should be. */
export function parseSums(text: string): { path: string; sha256: string }[] {
  return [...text.matchAll(/^([0-9a-f]{64}) {2}(.+)$/gm)].map(([, sha256 = '', path = '']) => ({
    path,
    sha256,
  }));
}

/** Undefined where the file is there and is no manifest; throws where it cannot be read at all. */
export async function readManifest(folder: string): Promise<SealedManifest | undefined> {
  const bytes = await readBytes(join(folder, MANIFEST_FILE));
  const manifest = manifestSchema.safeParse(parseJson(bytes.toString('utf8')));
  return manifest.success ? { manifest: manifest.data, sha256: sha256Of(bytes) } : undefined;
}

export function sha256Of(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Undefined where the text is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw diskError(`Cannot read ${path}`, cause);
  }
}
