import { crc32, deflateRawSync } from 'node:zlib';

/** What is written for an entry; every field may be a lie. */
export type WrittenEntry = {
  readonly name: string | Buffer;
  readonly content?: string | Buffer;
  readonly method?: number;
  readonly flags?: number;
  /** As Unix has it: 0o120777 for a symbolic link. */
  readonly mode?: number;
  readonly size?: number;
  readonly packedSize?: number;
  readonly crc?: number;
  readonly packed?: Buffer;
  /** The name in the entry's own header. */
  readonly localName?: string;
  /** Shares the bytes of the entry of this number, and has none of its own. */
  readonly sameAs?: number;
};

const local = (entry: WrittenEntry, name: Buffer, packed: Buffer): Buffer => {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(entry.flags ?? 0, 6);
  header.writeUInt16LE(entry.method ?? 8, 8);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name, packed]);
};

const central = (entry: WrittenEntry, name: Buffer, packed: Buffer, at: number): Buffer => {
  const content = Buffer.from(entry.content ?? '');
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(0x0314, 4);
  header.writeUInt16LE(entry.flags ?? 0, 8);
  header.writeUInt16LE(entry.method ?? 8, 10);
  header.writeUInt32LE(entry.crc ?? crc32(content), 16);
  header.writeUInt32LE(entry.packedSize ?? packed.length, 20);
  header.writeUInt32LE(entry.size ?? content.length, 24);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt16LE(entry.mode ?? 0, 40);
  header.writeUInt32LE(at, 42);
  return Buffer.concat([header, name]);
};

/** Writes an archive as it is told to, wrong ones too. */
export const zipOf = (entries: readonly WrittenEntry[], comment = ''): Buffer => {
  const files: Buffer[] = [];
  const records: Buffer[] = [];
  const places: number[] = [];
  let at = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const content = Buffer.from(entry.content ?? '');
    const packed = entry.packed ?? (entry.method === 0 ? content : deflateRawSync(content));
    const file =
      entry.sameAs === undefined ? local(entry, Buffer.from(entry.localName ?? name), packed) : Buffer.alloc(0);
    places.push(entry.sameAs === undefined ? at : (places[entry.sameAs] ?? 0));
    records.push(central(entry, name, packed, places.at(-1) ?? 0));
    files.push(file);
    at += file.length;
  }
  const directory = Buffer.concat(records);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...files, directory, end, Buffer.from(comment)]);
};
