import { join } from 'node:path';
import { AppError } from '../errors/app-error.ts';
import { hashFile } from '../files/hash-file.ts';
import { type NameTokens, renderFileName } from '../render/file-name.ts';
import { unknownToOneRoster, versionOf } from '../render/oneroster-files.ts';
import { MANIFEST_NAME, renderManifest } from '../render/oneroster-manifest.ts';
import type { PackageSettings } from '../render/schema.ts';
import { type ZipMember, zipFiles } from '../render/zip-files.ts';
import { type OpenRun, type OutputRecord, outboundPath, type ShippedFile } from './open-run.ts';
import { refuseCollisions } from './refuse-collisions.ts';

/** The drafted files as they leave the house: one by one, or as one zip that lies beside them. */
export async function packOutputs(
  run: OpenRun,
  outputs: readonly OutputRecord[],
  tokens: NameTokens,
): Promise<readonly ShippedFile[]> {
  refuseCollisions(run, outputs);
  const settings = run.connection.settings.package;
  const files = [...new Map(outputs.map((output) => [output.file, output])).values()];
  if (!settings || outputs.length === 0)
    return files.map(({ file, digest }) => ({ file, digest, holds: [file], deliveredAt: '' }));
  const file = renderFileName(settings.zip, tokens);
  const names = files.map((output) => output.file);
  const path = join(run.folder.outbound, file);
  const members = files.map(
    (output): ZipMember => ({ name: output.file, from: { path: outboundPath(run, output) } }),
  );
  await zipFiles(path, [...members, ...manifestOf(run, settings, names)], tokens.date);
  const { sizeBytes, sha256 } = await hashFile(path);
  return [{ file, digest: { sizeBytes, sha256 }, holds: names, deliveredAt: '' }];
}

function manifestOf(run: OpenRun, { manifest }: PackageSettings, files: readonly string[]): ZipMember[] {
  if (manifest === undefined) return [];
  const version = versionOf(manifest);
  const unknown = unknownToOneRoster(version, files);
  if (unknown.length > 0)
    throw new AppError('config_invalid', `OneRoster ${version} has no file ${unknown.join(', ')}`, {
      hint: 'Name the files under write.file as the standard does, such as users.csv, or leave package.manifest out.',
    });
  const { name, settings } = run.connection;
  const kind = settings.reconcile.deliver === 'changes' ? 'delta' : 'bulk';
  const facts = { version, files, kind, systemName: settings.title ?? name, systemCode: name } as const;
  return [{ name: MANIFEST_NAME, from: { text: renderManifest(facts) } }];
}
