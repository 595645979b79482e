/** Builds the kexec of each OS node in temporary folders: what nodes share is compiled once. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { message } from '../../messages';
import { type Layers, lay } from './layers';
import { run, which } from './process';
import { Stop } from './stop';

export interface Build {
  /** Where build folders may be made. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly log: (text: string) => void;
}

/** A node's tree. */
export interface BuildOrder {
  readonly layers: Layers;
  /** The file of Mint's lines, below the build folder. */
  readonly memmapFile: string;
  /** Macros that stand for the OSID, where one tree serves several nodes. */
  readonly defines: ReadonlyMap<string, string>;
}

const CONFIGURE_SECONDS = 300;
const MAKE_SECONDS = 600;
/** Needed where a tree comes without its configure script. */
const AUTOCONF = { program: 'autoconf', package: 'autoconf' };
const KEXEC = 'build/sbin/kexec';

/** Builds for one node after the other. */
export class KexecBuilder {
  private readonly folder: string;
  private current: Layers | undefined;

  constructor(private readonly build: Build) {
    this.folder = join(build.folder, 'build');
  }

  /** The kexec of a node, linked statically. @throws Stop, Interrupted */
  async kexecOf(order: BuildOrder): Promise<Uint8Array> {
    const { folder } = this;
    const { layers, memmapFile } = order;
    await mkdir(folder, { recursive: true });
    await lay(folder, layers, this.current);
    this.current = layers;
    await define(folder, order);
    // What was built for another node, of a header that has changed or has gone, is not up to date.
    for (const extension of ['o', 'd']) {
      await rm(join(folder, memmapFile.replace(/c$/, extension)), { force: true });
    }
    await this.configure(layers);
    const target = layers.files.has('configure.ac') ? [KEXEC] : ['LDFLAGS=-static'];
    await this.step('make', [`-j${cpus().length}`, ...target], MAKE_SECONDS);
    const kexec = await readFile(join(folder, KEXEC)).catch(() => undefined);
    if (!kexec) throw new Stop(message('boot.no-kexec', { path: KEXEC }));
    return kexec;
  }

  /** Makes the Makefile, unless there is one that links statically. */
  private async configure({ files }: Layers): Promise<void> {
    const { folder } = this;
    const makefile = await readFile(join(folder, 'Makefile'), 'utf8').catch(() => '');
    if (/^LDFLAGS\s*=.*-static/m.test(makefile)) return;
    if (!files.has('configure')) {
      if (!files.has('configure.ac')) return;
      if (!which('autoconf')) {
        throw new Stop(message('boot.missing', { list: message('boot.no-program', AUTOCONF) }));
      }
      await this.step('autoconf', [], CONFIGURE_SECONDS);
    }
    await this.step('sh', ['./configure', '--without-xen', 'LDFLAGS=-static'], CONFIGURE_SECONDS);
  }

  private step(command: string, args: readonly string[], seconds: number): Promise<void> {
    const { signal, log } = this.build;
    const what = message('boot.building');
    return run({ command, args, cwd: this.folder }, { what, seconds, signal, log });
  }
}

/**
 * Binds macros as `-DNAME=value` would: before the first line of the file, whose number stays. In the tree's files their
 * own definitions go.
 */
async function define(folder: string, { layers, memmapFile, defines }: BuildOrder): Promise<void> {
  if (defines.size === 0) return;
  const own = new RegExp(`^[ \\t]*#[ \\t]*define[ \\t]+(?:${[...defines.keys()].join('|')})\\b.*$`, 'gm');
  for (const path of layers.own) {
    const file = join(folder, path);
    // As single bytes, whatever the encoding is.
    const text = await readFile(file, 'latin1');
    const lines =
      path === memmapFile ? [...defines].map(([name, value]) => `#define ${name} ${value}\n`) : [];
    const head = lines.length > 0 ? `${lines.join('')}#line 1\n` : '';
    const bound = head + text.replace(own, '');
    if (bound !== text) await writeFile(file, bound, 'latin1');
  }
}
