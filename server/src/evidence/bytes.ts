/** Numbers in binary files, read with their bounds checked. */
export interface ByteReader {
  readonly length: number;
  /** The unsigned number of `width` bytes at `offset`; undefined where the bytes end before it does. */
  unsigned(offset: number, width: 1 | 2 | 4 | 8): bigint | undefined;
}

export function byteReader(bytes: Uint8Array, littleEndian: boolean): ByteReader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    length: bytes.length,
    unsigned(offset, width) {
      if (!Number.isSafeInteger(offset) || offset < 0 || offset + width > bytes.length) return undefined;
      if (width === 8) return view.getBigUint64(offset, littleEndian);
      if (width === 4) return BigInt(view.getUint32(offset, littleEndian));
      return BigInt(width === 2 ? view.getUint16(offset, littleEndian) : view.getUint8(offset));
    },
  };
}

/** Whether the ASCII text stands at `offset`. */
export function hasAscii(bytes: Uint8Array, offset: number, text: string): boolean {
  if (offset < 0 || offset + text.length > bytes.length) return false;
  for (let index = 0; index < text.length; index++) {
    if (bytes[offset + index] !== text.charCodeAt(index)) return false;
  }
  return true;
}
