/** URIs as the server handles them: strings in the form `vscode-uri` writes, compared by spelling. */
import { URI, Utils } from 'vscode-uri';

/** The path of a URI, percent-escapes resolved: `/home/me/kexec/mint.h`. */
export function pathOf(uri: string): string {
  return URI.parse(uri).path;
}

/** The last segment of a URI's path: `mint.h`. */
export function baseName(uri: string): string {
  return Utils.basename(URI.parse(uri));
}

/** The folder that a URI stands in, without a trailing slash; the root folder's is itself. */
export function parentOf(uri: string): string {
  return withoutSlash(Utils.dirname(URI.parse(uri)).toString());
}

/** The URI of `path` below `folder`. */
export function childOf(folder: string, path: string): string {
  // Half a character, as a text may hold, has no UTF-8 to be encoded in.
  const whole = path.replace(/\p{Surrogate}/gu, '\ufffd');
  return Utils.joinPath(URI.parse(folder), whole).toString();
}

export function withoutSlash(uri: string): string {
  return uri.endsWith('/') ? uri.slice(0, -1) : uri;
}

/** `uri`'s path relative to `folder` (`''` for the folder itself), or undefined where it is not in it. */
export function relativePath(folder: string, uri: string): string | undefined {
  const outer = withoutSlash(folder);
  if (uri === outer) return '';
  return uri.startsWith(`${outer}/`) ? decode(uri.slice(outer.length + 1)) : undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
