// Puts Debian's source of mcpp, which carries a validation suite for C preprocessors, into .cache/mcpp/<version> and
// prints that path. Needs apt and dpkg-source (package dpkg-dev); nothing is installed, and nothing outside of .cache
// is written.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { once, privateApt, report, run } from './lib/debian.mjs';

const cache = join(import.meta.dirname, '../.cache/mcpp');

report("Debian's source of mcpp", () =>
  once(cache, (folder) => {
    const apt = privateApt(folder, 'deb-src');
    apt('apt-get', ['source', '--download-only', 'mcpp']);
    const description = readdirSync(folder).find((name) => name.endsWith('.dsc')) ?? '';
    const version = description.replace(/^mcpp_|\.dsc$/g, '');
    run('dpkg-source', ['--extract', description, 'tree'], folder);
    return { version, result: join(folder, 'tree') };
  }),
);
