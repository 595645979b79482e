/** What the tests need from the operating system, in one place. */
import { Stop, text } from './messages.mjs';
import { must, succeeds, which } from './run.mjs';

/**
 * @typedef {object} SystemPackage
 * @property {string} name of the Debian package
 * @property {() => boolean} present proves that it is there
 */

/** @type {readonly SystemPackage[]} */
export const SYSTEM_PACKAGES = [
  // The browser that shows the embedded editor.
  { name: 'chromium', present: () => chromium() !== undefined },
  // The compiler whose answers the evaluator is compared with, and its headers.
  { name: 'gcc', present: () => succeeds('gcc', ['--version']) },
  { name: 'libc6-dev', present: () => succeeds('gcc', ['-E', '-include', 'stdint.h', '-xc', '/dev/null']) },
  // Runs what gcc makes for ILP32: not every kernel runs 32-bit programs.
  { name: 'qemu-user', present: () => which('qemu-i386') !== undefined },
  // Builds kexec-tools.
  { name: 'make', present: () => succeeds('make', ['--version']) },
  // Unpacks the source package of kexec-tools.
  { name: 'dpkg-dev', present: () => succeeds('dpkg-source', ['--version']) },
  // Applies the patches that the command line prints.
  { name: 'patch', present: () => which('patch') !== undefined },
  // Does too, and makes the commits that the map is compared with.
  { name: 'git', present: () => which('git') !== undefined },
  // Build kexec too, and boot OS nodes with it.
  { name: 'autoconf', present: () => which('autoconf') !== undefined },
  { name: 'qemu-system-x86', present: () => which('qemu-system-x86_64') !== undefined },
  {
    name: 'busybox-static',
    present: () => succeeds('dpkg-query', ['--show', 'busybox-static'], { printing: true }),
  },
  // Editors that try the language server.
  { name: 'neovim', present: () => which('nvim') !== undefined },
  { name: 'emacs-nox', present: () => which('emacs') !== undefined },
  {
    name: 'elpa-eglot',
    present: () => succeeds('emacs', ['--batch', '-f', 'package-initialize', '-l', 'eglot']),
  },
  { name: 'vim', present: () => which('vim') !== undefined },
  { name: 'vim-ale', present: () => succeeds('dpkg-query', ['--show', 'vim-ale'], { printing: true }) },
  // Another language server of C, on the same files.
  { name: 'clangd', present: () => which('clangd') !== undefined },
  // Shows what processes do with a workspace that means harm.
  { name: 'strace', present: () => which('strace') !== undefined },
  // Formats the manual page of the command line.
  { name: 'groff', present: () => which('groff') !== undefined },
  // Japanese in screenshots.
  { name: 'fonts-noto-cjk', present: () => succeeds('fc-list', [':lang=ja', 'family'], { printing: true }) },
  { name: 'fontconfig', present: () => which('fc-list') !== undefined },
];

/** The Chromium or Chrome to run, or undefined. */
export function chromium() {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  return names.map(which).find((path) => path !== undefined);
}

/** Installs what is missing where this user may; says what to install where not. */
export async function ensureSystemPackages() {
  const missing = missingPackages();
  if (missing.length === 0) return;
  const packages = missing.join(' ');
  if (process.getuid?.() !== 0 || !which('apt-get')) throw new Stop('packages.missing', { packages });
  console.log(text('packages.installing', { packages }));
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await must('apt-get', ['update', '-qq'], { env });
  await must('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], { env });
  const still = missingPackages();
  if (still.length > 0) throw new Stop('packages.missing', { packages: still.join(' ') });
}

function missingPackages() {
  return SYSTEM_PACKAGES.filter(({ present }) => !present()).map(({ name }) => name);
}
