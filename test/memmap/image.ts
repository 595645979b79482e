/** A kernel as its file begins, for tests that hold files as text. */

/** The header of a bzImage like Debian's, a character a byte. */
export function image(): string {
  const bytes = Buffer.alloc(0x5000);
  bytes.writeUInt8(31, 0x1f1);
  bytes.writeUInt16LE(0xaa55, 0x1fe);
  bytes.writeUInt16LE(0x6aeb, 0x200);
  bytes.write('HdrS', 0x202, 'latin1');
  bytes.writeUInt16LE(0x20f, 0x206);
  bytes.writeUInt8(1, 0x211);
  bytes.writeUInt32LE(0x7fffffff, 0x22c);
  bytes.writeUInt32LE(0x200000, 0x230);
  bytes.writeUInt8(1, 0x234);
  bytes.writeUInt16LE(0x7f, 0x236);
  bytes.writeBigUInt64LE(0x1000000n, 0x258);
  bytes.writeUInt32LE(0x3378000, 0x260);
  return bytes.toString('latin1');
}
