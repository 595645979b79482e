/** Standard output: all that is printed is written, or it is told. */
import { fstatSync, writeFileSync } from 'node:fs';

/**
 * @param failed told of what the system says; nothing is to be printed afterwards
 * @returns writes bytes as they are
 */
export function standardOutput(failed: (error: unknown) => never): (bytes: Uint8Array) => void {
  const { stdout } = process;
  if (!fstatSync(stdout.fd).isFile()) {
    // A reader that has seen enough, such as `head`, closes the pipe.
    stdout.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EPIPE' ? process.exit() : failed(error),
    );
    return (bytes) => stdout.write(bytes);
  }
  return (bytes) => {
    try {
      // Node's stream takes a part for the whole where the disk has room for no more.
      writeFileSync(stdout.fd, bytes);
    } catch (error) {
      failed(error);
    }
  };
}
