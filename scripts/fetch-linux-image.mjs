// Puts the /boot of Debian's kernel for virtual machines into .cache/linux-image/<version> and prints that path; with a
// name such as linux-image-amd64 that of another kernel, into .cache/linux-image-amd64/<version>.
// Needs apt and dpkg-deb; the package is read, not installed, and nothing outside of .cache is written.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { FetchError, once, privateApt, report, run } from './lib/debian.mjs';

const [name] = process.argv.slice(2);
const cache = join(import.meta.dirname, '../.cache', name ?? 'linux-image');
/** Depends on the kernel of the day. */
const PACKAGE = name ?? 'linux-image-cloud-amd64';

report("Debian's kernel", () =>
  once(cache, (folder) => {
    const apt = privateApt(folder, 'deb');
    const kernel = /Depends: (linux-image-\S+)/.exec(apt('apt-cache', ['depends', PACKAGE]))?.[1];
    if (!kernel) throw new FetchError(`this machine's mirrors have no package ${PACKAGE}`);
    apt('apt-get', ['download', kernel]);
    const file = readdirSync(folder).find((name) => name.endsWith('.deb')) ?? '';
    run('dpkg-deb', ['--extract', file, 'tree'], folder);
    return { version: kernel.replace('linux-image-', ''), result: join(folder, 'tree/boot') };
  }),
);
