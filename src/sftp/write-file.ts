import type { Stats } from 'ssh2';
import { AppError } from '../errors/app-error.ts';
import { isRefusal } from './sftp-errors.ts';
import { hasRoom, readFacts, SMALL_PIECE_BYTES, statPath, type Wire, withHandle } from './wire.ts';

const OWNER_ONLY = 0o600;

/** Every block is acknowledged, the bytes are synced, and the host then names the size that we sent: or it throws. */
export async function writeFileFrom(
  wire: Wire,
  source: AsyncIterable<Buffer>,
  path: string,
  { replaces = false }: { replaces?: boolean } = {},
): Promise<number> {
  const attributes = { mode: OWNER_ONLY };
  const flags = replaces ? 'w' : 'wx';
  const handle = await wire.line.ask<Buffer>((done) => wire.sftp.open(path, flags, attributes, done));
  return await withHandle(wire, handle, async () => {
    const sentBytes = await writeBlocks(wire, handle, source);
    if (wire.offers.fsync) await wire.line.tell((done) => wire.sftp.ext_openssh_fsync(handle, done));
    const storedBytes = await sizeOfOpenFile(wire, handle, path);
    if (storedBytes !== sentBytes)
      throw new AppError('delivery_incomplete', `${path} has ${storedBytes} bytes, sent were ${sentBytes}`, {
        context: { storedBytes: storedBytes ?? 'not told', sentBytes },
      });
    return sentBytes;
  });
}

async function writeBlocks(wire: Wire, handle: Buffer, source: AsyncIterable<Buffer>): Promise<number> {
  const onTheirWay = new Set<Promise<void>>();
  const faults: unknown[] = [];
  let sentBytes = 0;
  for await (const block of source) {
    for (let cut = 0; cut < block.length && faults.length === 0; ) {
      const piece = block.subarray(cut, cut + wire.pieceBytes);
      const written: Promise<void> = writeBlock(wire, handle, piece, sentBytes)
        .catch((fault: unknown) => void faults.push(fault))
        .finally(() => onTheirWay.delete(written));
      onTheirWay.add(written);
      cut += piece.length;
      sentBytes += piece.length;
      while (!hasRoom(wire, onTheirWay.size)) await Promise.race(onTheirWay);
    }
    if (faults.length > 0) break;
  }
  await Promise.all(onTheirWay);
  if (faults.length > 0) throw faults[0];
  return sentBytes;
}

/** A server that refuses long packets gets short ones; what it refuses then, it means. */
async function writeBlock(wire: Wire, handle: Buffer, block: Buffer, offset: number): Promise<void> {
  for (let written = 0; written < block.length; ) {
    const piece = block.subarray(written, written + wire.pieceBytes);
    try {
      await writePiece(wire, handle, piece, offset + written);
      written += piece.length;
    } catch (fault) {
      if (!isRefusal(fault) || piece.length <= SMALL_PIECE_BYTES) throw fault;
      wire.pieceBytes = SMALL_PIECE_BYTES;
    }
  }
}

function writePiece(wire: Wire, handle: Buffer, piece: Buffer, offset: number): Promise<void> {
  return wire.line.tell((done) => wire.sftp.write(handle, piece, 0, piece.length, offset, done));
}

/** By the handle, or by the name where the server cannot tell by the handle. */
async function sizeOfOpenFile(wire: Wire, handle: Buffer, path: string): Promise<number | undefined> {
  try {
    const attributes = await wire.line.ask<Stats>((done) => wire.sftp.fstat(handle, done));
    const facts = readFacts(attributes);
    if (facts) return facts.sizeBytes;
  } catch (fault) {
    if (!isRefusal(fault)) throw fault;
  }
  return (await statPath(wire, path))?.sizeBytes;
}
