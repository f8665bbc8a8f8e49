import type { Stats } from 'ssh2';
import { AppError } from '../errors/app-error.ts';
import { isRefusal } from './sftp-errors.ts';
import { hasRoom, readFacts, SMALL_PIECE_BYTES, type Wire, withHandle } from './wire.ts';

type Sink = (block: Buffer) => Promise<void>;

/**
 * Several blocks are on their way at once, and are handed on in order. The buffers go round. What is asked of the open file
 * beside its bytes travels with them: on a long line each question alone would cost a round trip.
 */
export async function readFileTo(wire: Wire, path: string, sizeBytes: number, sink: Sink): Promise<void> {
  const handle = await wire.line.ask<Buffer>((done) => wire.sftp.open(path, 'r', done));
  await withHandle(wire, handle, async () => {
    const file = { handle, path, sizeBytes };
    const isPlain = expectPlainFile(wire, file);
    // Who waits for it comes later, and hears of it then.
    isPlain.catch(() => undefined);
    await readBlocks(wire, file, async (block) => {
      await isPlain;
      await sink(block);
    });
    await isPlain;
  });
}

/** Opened and closed: that it may be read. */
export async function tryRead(wire: Wire, path: string): Promise<void> {
  const handle = await wire.line.ask<Buffer>((done) => wire.sftp.open(path, 'r', done));
  await withHandle(wire, handle, async () => undefined);
}

interface OpenFile {
  handle: Buffer;
  path: string;
  sizeBytes: number;
}

/**
 * A host follows links when it opens a name, and between a look at the name and its opening another file may have come: what
 * is open is what counts. A host that cannot tell of an open file is believed by name, before and after.
 */
async function expectPlainFile(wire: Wire, { handle, path, sizeBytes }: OpenFile): Promise<void> {
  try {
    const facts = readFacts(await wire.line.ask<Stats>((done) => wire.sftp.fstat(handle, done)));
    if (facts && !facts.isFile) throw changed(path, 'it is no plain file any more');
    if (facts && facts.sizeBytes !== sizeBytes)
      throw changed(path, `it has ${facts.sizeBytes} bytes, listed were ${sizeBytes}`);
  } catch (fault) {
    if (!isRefusal(fault)) throw fault;
  }
}

async function readBlocks(wire: Wire, file: OpenFile, sink: Sink): Promise<void> {
  const coming: Promise<Buffer>[] = [];
  const free: Buffer[] = [];
  let askedBytes = 0;
  let end: Promise<void> | undefined;
  const askAhead = () => {
    while (askedBytes < file.sizeBytes && hasRoom(wire, coming.length)) {
      const used = free.pop();
      const buffer = used?.length === wire.pieceBytes ? used : Buffer.allocUnsafeSlow(wire.pieceBytes);
      const block = buffer.subarray(0, Math.min(buffer.length, file.sizeBytes - askedBytes));
      const filled = fillBlock(wire, file, block, askedBytes);
      // Those behind a block that failed fail as well, and nobody waits for them any more.
      filled.catch(() => undefined);
      coming.push(filled);
      askedBytes += block.length;
    }
    if (askedBytes < file.sizeBytes || end) return;
    end = expectEnd(wire, file);
    end.catch(() => undefined);
  };
  for (askAhead(); ; ) {
    const next = coming.shift();
    if (!next) return await end;
    const block = await next;
    askAhead();
    await sink(block);
    free.push(block);
  }
}

async function expectEnd(wire: Wire, { handle, path, sizeBytes }: OpenFile): Promise<void> {
  const beyond = await readPiece(wire, handle, Buffer.allocUnsafe(1), sizeBytes);
  if (beyond > 0) throw changed(path, `it is longer than the ${sizeBytes} bytes that were listed`);
}

/** Servers may answer with less than was asked for, or refuse long reads: go on in smaller pieces. */
async function fillBlock(wire: Wire, file: OpenFile, block: Buffer, offset: number): Promise<Buffer> {
  for (let filled = 0; filled < block.length; ) {
    const piece = block.subarray(filled, filled + wire.pieceBytes);
    const gotBytes = await readPieceOrLess(wire, file.handle, piece, offset + filled);
    if (gotBytes === 0)
      throw changed(
        file.path,
        `it ends at byte ${offset + filled} of the ${file.sizeBytes} that were listed`,
      );
    filled += gotBytes;
  }
  return block;
}

async function readPieceOrLess(wire: Wire, handle: Buffer, piece: Buffer, offset: number): Promise<number> {
  try {
    const gotBytes = await readPiece(wire, handle, piece, offset);
    if (gotBytes > 0 && gotBytes < piece.length)
      wire.pieceBytes = Math.max(SMALL_PIECE_BYTES, Math.min(wire.pieceBytes, gotBytes));
    return gotBytes;
  } catch (fault) {
    if (!isRefusal(fault) || piece.length <= SMALL_PIECE_BYTES) throw fault;
    wire.pieceBytes = SMALL_PIECE_BYTES;
    return await readPiece(wire, handle, piece.subarray(0, SMALL_PIECE_BYTES), offset);
  }
}

/** The end of the file counts as 0 bytes. */
function readPiece(wire: Wire, handle: Buffer, piece: Buffer, offset: number): Promise<number> {
  return wire.line.ask<number>((done) => wire.sftp.read(handle, piece, 0, piece.length, offset, done));
}

function changed(path: string, why: string): AppError {
  return new AppError('source_changed', `${path} changed while it was read: ${why}`);
}
