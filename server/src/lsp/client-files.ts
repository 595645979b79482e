/** Files that only the client reaches: those of virtual file systems, and every file where the server has no disk. */
import type { Connection } from 'vscode-languageserver';
import { fromBase64 } from '../project/base64';
import { FILE_SIZE_LIMIT, type FileAccess, type SearchListener } from '../project/files';
import {
  FIND_FILES_REQUEST,
  type FindFilesParams,
  type FindFilesResult,
  READ_FILE_REQUEST,
  type ReadFileParams,
  type ReadFileResult,
} from '../protocol';

/** What is sent in one message. A kernel's symbols fit; a vmlinux with its debug information is left to System.map. */
const MESSAGE_LIMIT = 64 * 1024 * 1024;

/**
 * @param folders URIs of the folders to search, asked anew for each search
 */
export function clientFiles(
  connection: Connection,
  folders: () => readonly string[],
  listener: SearchListener,
): FileAccess {
  return {
    async read(uri, { limit = FILE_SIZE_LIMIT, inside = false } = {}) {
      const params: ReadFileParams = { uri, limit: Math.min(limit, MESSAGE_LIMIT), inside };
      try {
        const content = await connection.sendRequest<ReadFileResult>(READ_FILE_REQUEST, params);
        return content === null ? undefined : fromBase64(content);
      } catch {
        // A client that has no such request, or that is ending.
        return undefined;
      }
    },
    async find(globs) {
      const found = new Set<string>();
      for (const folder of folders()) {
        const params: FindFilesParams = { folder, globs };
        const { files, endedAfter } = await connection
          .sendRequest<FindFilesResult>(FIND_FILES_REQUEST, params)
          .catch((): FindFilesResult => ({ files: [] }));
        for (const file of files) found.add(file);
        if (endedAfter !== undefined) listener.endedAfter(endedAfter);
      }
      return [...found].sort();
    },
  };
}

/** Those of the disk, and those of all other file systems. */
export function filesOfBoth(disk: FileAccess, others: FileAccess): FileAccess {
  return {
    read: (uri, options) => (isOnDisk(uri) ? disk : others).read(uri, options),
    async find(globs) {
      return [...(await disk.find(globs)), ...(await others.find(globs))].sort();
    },
  };
}

export function isOnDisk(uri: string): boolean {
  return uri.startsWith('file:');
}
