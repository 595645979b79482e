/** What tests of other editors have in common: a workspace, `kexec-mint` on the path, and the lines of the manual. */
import { execFile } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach } from 'vitest';
import { serverArguments } from '../server-arguments';

const ROOT = join(import.meta.dirname, '../..');

/** Longer than any of it takes; an editor that waits in vain ends with what it has seen. */
const TIMEOUT = 50_000;

/** The file of the sample that editors show. */
export const NODE_0 = 'kexec-mint-os0/kexec/firmware_memmap.c';

/** A home for each test, gone after it. */
export function useEditorHome(): () => EditorHome {
  let home: EditorHome | undefined;
  beforeEach(() => {
    home = new EditorHome();
  });
  afterEach(() => home?.dispose());
  return () => {
    if (!home) throw new Error('There is no home outside of a test.');
    return home;
  };
}

export class EditorHome {
  private readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'kexec-mint-editor-')));
  readonly workspace = join(this.folder, 'workspace');

  constructor() {
    cpSync(join(ROOT, 'samples/three-nodes'), this.workspace, { recursive: true });
    const bin = join(this.folder, 'bin');
    mkdirSync(bin);
    const script = join(bin, 'kexec-mint');
    const words = [process.execPath, ...serverArguments()].map((word) => `'${word}'`);
    writeFileSync(script, `#!/bin/sh\nexec ${words.join(' ')}\n`);
    chmodSync(script, 0o755);
  }

  path(name: string): string {
    return join(this.workspace, name);
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  /** A file beside the workspace. */
  write(name: string, text: string): string {
    const path = join(this.folder, name);
    writeFileSync(path, text);
    return path;
  }

  /** Runs an editor whose script writes what it has seen, as JSON, to the file named `SEEN`. */
  async run<Seen>(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Seen> {
    const seen = join(this.folder, 'seen.json');
    const { stdout, stderr } = await promisify(execFile)(program, args, {
      cwd: this.folder,
      timeout: TIMEOUT,
      env: {
        ...process.env,
        HOME: this.folder,
        XDG_STATE_HOME: this.folder,
        LANG: 'C.UTF-8',
        LC_ALL: 'C.UTF-8',
        PATH: [join(this.folder, 'bin'), process.env.PATH].join(delimiter),
        WORKSPACE: this.workspace,
        SEEN: seen,
        ...env,
      },
    });
    try {
      return JSON.parse(readFileSync(seen, 'utf8'));
    } catch (cause) {
      throw new Error(`${program} has shown nothing: ${stdout}${stderr}`, { cause });
    }
  }

  /** The layout as the command line has it, of the files as they are on disk. */
  async layout(): Promise<MapReport> {
    const words = [join(ROOT, 'dist/cli.js'), 'map', this.workspace, '--format', 'json'];
    const { stdout } = await promisify(execFile)(process.execPath, words);
    return JSON.parse(stdout);
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export interface MapReport {
  readonly nodes: readonly {
    readonly osid: number;
    readonly regions: readonly {
      readonly name: string;
      readonly start: string;
      readonly size: string;
      readonly end: string;
    }[];
  }[];
}

/** Start, size and end of a region of each OS node. */
export function addressesOf({ nodes }: MapReport, region: string): readonly (readonly string[])[] {
  return nodes.flatMap(({ osid, regions }) =>
    regions.flatMap(({ name, start, size, end }) => (name === region ? [[`${osid}`, start, size, end]] : [])),
  );
}

/** The same out of a hover, whether Markdown or plain text: the rows of its table. */
export function addressesIn(hover: string): readonly (readonly string[])[] {
  return hover.split('\n').flatMap((line) => {
    const [osid, ...words] = line.match(/(?:0x)?[0-9a-f]+/g) ?? [];
    const addresses = words.filter((word) => word.startsWith('0x'));
    return /^\W*\d+\W+0x/.test(line) && osid !== undefined ? [[osid, ...addresses]] : [];
  });
}

/** The lines to paste below a heading of docs/editors.md. */
export function linesBelow(heading: string): string {
  const text = readFileSync(join(ROOT, 'docs/editors.md'), 'utf8');
  const section = text.split(/^#+ /m).find((each) => each.startsWith(`${heading}\n`));
  const lines = section && /^```\w+\n(.*?)^```$/ms.exec(section)?.[1];
  if (lines === undefined) throw new Error(`no lines below ${heading}`);
  return lines;
}
