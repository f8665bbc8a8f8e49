import { AppError } from '../errors/app-error.ts';
import { MANIFEST } from './choose-members.ts';
import { inflate } from './extract-member.ts';
import { type Member, type Zip, zipFault } from './open-zip.ts';

/** A manifest has some forty short lines. */
const MOST_BYTES = 1 << 16;
const LINE = /^"?file\.([A-Za-z]+)"?\s*,\s*"?delta"?\s*,?\s*$/i;

/**
 * OneRoster's manifest.csv may say that a file is a delta: changes only. Read as a whole extract, everybody who did not
 * change would be gone from it. Beyond that the files win over their manifest, as the standard has it; so one that is not
 * in the zip is no delta. Only files that are taken are asked about. Throws delta_drop.
 */
export async function refuseDelta(zip: Zip, taken: Iterable<Member>): Promise<void> {
  const manifest = zip.members.find(({ base }) => MANIFEST.test(base));
  if (!manifest || manifest.entry.uncompressedSize > MOST_BYTES) return;
  const bases = new Set([...taken].map(({ base }) => base.toLowerCase()));
  const files = (await textOf(zip, manifest))
    .split(/[\r\n]+/)
    .flatMap((line) => LINE.exec(line.trim())?.[1] ?? [])
    .filter((name) => bases.has(`${name.toLowerCase()}.csv`));
  if (files.length === 0) return;
  const list = files.map((name) => `${name}.csv`).join(', ');
  throw new AppError('delta_drop', `The manifest of the zip says that it has changes only of ${list}`, {
    place: zip.place,
  });
}

async function textOf(zip: Zip, member: Member): Promise<string> {
  const blocks: Buffer[] = [];
  try {
    await inflate(zip, member, async (block) => {
      blocks.push(Buffer.from(block));
    });
  } catch (cause) {
    throw zipFault(cause, zip.place);
  }
  return Buffer.concat(blocks).toString();
}
