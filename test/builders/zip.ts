import { crc32, deflateRawSync } from 'node:zlib';

/** A member of a zip; what is left out is as an honest program would write it. */
export interface ZipMember {
  name: string | Buffer;
  data?: string | Buffer;
  /** 0 stored, 8 deflated; others are written as they are. */
  method?: number;
  flags?: number;
  crc?: number;
  /** What the zip says of the size once unpacked. */
  size?: number;
  /** The packed bytes themselves. */
  packed?: Buffer;
  /** As Unix writes kinds and rights of files. */
  mode?: number;
}

/** A zip made byte by byte, so that it can also be wrong. */
export function buildZip(members: readonly ZipMember[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const member of members) {
    const { name, header, packed, mode } = describe(member);
    const local = Buffer.concat([signed(0x04034b50), header, name, packed]);
    const entry = Buffer.alloc(14);
    entry.writeUInt32LE(mode * 0x10000, 6);
    entry.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([signed(0x02014b50), Buffer.from([20, 3]), header, entry, name]));
    locals.push(local);
    offset += local.length;
  }
  const list = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(members.length, 4);
  end.writeUInt16LE(members.length, 6);
  end.writeUInt32LE(list.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, list, signed(0x06054b50), end]);
}

function describe(member: ZipMember) {
  const data = Buffer.from(member.data ?? '');
  const name = Buffer.from(member.name);
  const method = member.method ?? 8;
  const packed = member.packed ?? (method === 8 ? deflateRawSync(data) : data);
  const header = Buffer.alloc(26);
  header.writeUInt16LE(20, 0);
  header.writeUInt16LE(member.flags ?? (typeof member.name === 'string' ? 0x800 : 0), 2);
  header.writeUInt16LE(method, 4);
  header.writeUInt32LE(0x21, 8);
  header.writeUInt32LE(member.crc ?? crc32(data), 10);
  header.writeUInt32LE(packed.length, 14);
  header.writeUInt32LE(member.size ?? data.length, 18);
  header.writeUInt16LE(name.length, 22);
  return { name, header, packed, mode: member.mode ?? 0o100644 };
}

function signed(signature: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(signature);
  return bytes;
}
