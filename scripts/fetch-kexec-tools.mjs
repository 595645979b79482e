// Puts Debian's source of kexec-tools into .cache/kexec-tools/<version> and prints that path.
// Needs apt and dpkg-source (package dpkg-dev); nothing is installed, and nothing outside of .cache is written.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { once, privateApt, report, run } from './lib/debian.mjs';

const cache = join(import.meta.dirname, '../.cache/kexec-tools');

report("Debian's source of kexec-tools", () =>
  once(cache, (folder) => {
    const apt = privateApt(folder, 'deb-src');
    apt('apt-get', ['source', '--download-only', 'kexec-tools']);
    const description = readdirSync(folder).find((name) => name.endsWith('.dsc')) ?? '';
    const version = description.replace(/^kexec-tools_|\.dsc$/g, '');
    run('dpkg-source', ['--extract', description, 'tree'], folder);
    return { version, result: join(folder, 'tree') };
  }),
);
