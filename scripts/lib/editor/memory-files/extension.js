/** A virtual file system, `memory:`, as an extension for the browser brings one: without search and without watching. */
const { EventEmitter, FileChangeType, FileSystemError, FileType, Uri, workspace } = require('vscode');

exports.activate = async (context) => {
  const bytes = await workspace.fs.readFile(Uri.joinPath(context.extensionUri, 'files.json'));
  const files = new MemoryFiles(JSON.parse(new TextDecoder().decode(bytes)));
  context.subscriptions.push(
    workspace.registerFileSystemProvider('memory', files, { isCaseSensitive: true }),
  );
};

class MemoryFiles {
  changes = new EventEmitter();
  onDidChangeFile = this.changes.event;
  /** By path. */
  files = new Map();

  /** @param {Record<string, string>} texts by path */
  constructor(texts) {
    for (const [path, text] of Object.entries(texts)) this.put(path, new TextEncoder().encode(text));
  }

  watch() {
    return { dispose() {} };
  }

  stat({ path }) {
    const file = this.files.get(path);
    if (file) return { type: FileType.File, ctime: 0, mtime: file.mtime, size: file.bytes.length };
    if (this.names(path).size === 0) throw FileSystemError.FileNotFound(path);
    return { type: FileType.Directory, ctime: 0, mtime: 0, size: 0 };
  }

  readDirectory({ path }) {
    return [...this.names(path)];
  }

  readFile({ path }) {
    const file = this.files.get(path);
    if (!file) throw FileSystemError.FileNotFound(path);
    return file.bytes;
  }

  writeFile(uri, bytes) {
    const type = this.files.has(uri.path) ? FileChangeType.Changed : FileChangeType.Created;
    this.put(uri.path, bytes);
    this.changes.fire([{ type, uri }]);
  }

  /** Folders are where there are files. */
  createDirectory() {}

  delete(uri) {
    this.files.delete(uri.path);
    this.changes.fire([{ type: FileChangeType.Deleted, uri }]);
  }

  rename() {
    throw FileSystemError.NoPermissions('There is no renaming.');
  }

  put(path, bytes) {
    this.files.set(path, { bytes, mtime: Date.now() });
  }

  /** What is in a folder, by name. */
  names(folder) {
    const top = folder.endsWith('/') ? folder : `${folder}/`;
    const below = [...this.files.keys()].filter((path) => path.startsWith(top));
    return new Map(
      below.map((path) => {
        const [name, ...rest] = path.slice(top.length).split('/');
        return [name, rest.length > 0 ? FileType.Directory : FileType.File];
      }),
    );
  }
}
