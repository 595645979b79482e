/** The two file systems of a run: the first loads the node's kernel with the node's kexec, the second tells what it sees. */
import { formatHex } from '../../range';
import { archive, file, folder, link, program } from './cpio';

export interface FirstSystem {
  readonly busybox: Uint8Array;
  /** The node's kexec, linked statically. */
  readonly kexec: Uint8Array;
  readonly kernel: Uint8Array;
  /** The file system of the second kernel, as {@link secondSystem} makes it. */
  readonly second: Uint8Array;
  /** Further words for kexec, such as `--mem-max=0x37ffffff`. */
  readonly kexecOptions: readonly string[];
}

/**
 * The second kernel's command line. Without a fixed place it would move itself about at random; a panic is to stay a
 * panic, and not to become a reset.
 */
export const SECOND_COMMAND_LINE = 'console=ttyS0 nokaslr panic=0';

/** What kexec is run with, in the guest. `-c`: the system call that takes kexec's own map of the memory. */
export function kexecCommand(options: readonly string[]): readonly string[] {
  return ['/kexec', '-d', '-c', '-l', '/vmlinuz', '--initrd=/second', ...options];
}

/** What both systems begin with. The host listens on the second serial line; see guest.ts for what is said there. */
const PRELUDE = `#!/bin/sh
/bin/busybox --install -s /bin
export PATH=/bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
stty -F /dev/ttyS1 raw
exec 3>/dev/ttyS1
section() {
  name=$1
  shift
  echo "@begin $name" >&3
  "$@" >&3 2>&1
  echo "@end $name $?" >&3
}
`;

const FIRST = `${PRELUDE}
firmware() {
  for entry in /sys/firmware/memmap/*; do
    echo "$(cat $entry/start) $(cat $entry/end) $(cat $entry/type)"
  done
}
section firmware firmware
section first-iomem cat /proc/iomem
section kexec sh /load
# Closing waits until everything has been sent.
exec 3>&-
/kexec -e
exec 3>/dev/ttyS1
echo "@stuck" >&3
sleep 1000
`;

/**
 * Each beat takes memory, fills it, reads it back, and starts programs: a kernel that does all of this lives. devmem maps
 * /dev/mem to read it: Linux refuses to read(2) above the highest RAM that it knows of.
 */
const SECOND = `${PRELUDE}
section iomem cat /proc/iomem
section log dmesg
beat=0
while true; do
  dd if=/dev/urandom of=/work bs=64k count=16 2>/dev/null
  sum=$(md5sum < /work)
  while read address; do
    value=$(devmem $address 64)
    echo "@read $address $value" >&3
  done < /watched
  [ "$sum" = "$(md5sum < /work)" ] && beat=$((beat + 1)) && echo "@beat $beat" >&3
  sleep 0.3
done
`;

function skeleton(busybox: Uint8Array) {
  return [
    ...['bin', 'dev', 'proc', 'sys'].map(folder),
    program('bin/busybox', busybox),
    link('bin/sh', 'busybox'),
  ];
}

export function firstSystem({ busybox, kexec, kernel, second, kexecOptions }: FirstSystem): Uint8Array {
  const words = kexecCommand([`--append=${SECOND_COMMAND_LINE}`, ...kexecOptions]);
  return archive([
    ...skeleton(busybox),
    program('init', FIRST),
    program('kexec', kexec),
    file('vmlinuz', kernel),
    file('second', second),
    file('load', `${words.map(quoted).join(' ')}\n`),
  ]);
}

/** @param watched addresses, multiples of 8, of which the kernel is to read 8 bytes with each beat */
export function secondSystem(busybox: Uint8Array, watched: readonly bigint[]): Uint8Array {
  return archive([
    ...skeleton(busybox),
    program('init', SECOND),
    file('watched', watched.map((address) => `${formatHex(address)}\n`).join('')),
  ]);
}

/** A word as the shell takes it, whatever is in it. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
