import { LONG_PIECE_BYTES } from '../../src/sftp/wire.ts';

/** The content as a stream hands it on. */
export async function* inPieces(content: Buffer, pieceBytes = LONG_PIECE_BYTES): AsyncGenerator<Buffer> {
  for (let at = 0; at < content.length; at += pieceBytes) yield content.subarray(at, at + pieceBytes);
}

/** As many bytes as the other side takes: it ends only when the line does. */
export async function* endless(): AsyncGenerator<Buffer> {
  const block = Buffer.alloc(LONG_PIECE_BYTES, 'x');
  for (;;) yield block;
}
