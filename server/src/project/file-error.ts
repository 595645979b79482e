/** What a file system says where a file cannot be read or written, in words that say what to do about it. */
import { type Message, type MessageId, message } from '../messages';

/** By the codes of POSIX, which every system writes the same. */
const WORDS: Readonly<Record<string, MessageId>> = {
  ENOENT: 'file.absent',
  ENOTDIR: 'file.absent',
  EACCES: 'file.denied',
  EPERM: 'file.denied',
  EROFS: 'file.read-only',
  ENOSPC: 'file.full',
  EDQUOT: 'file.full',
  EFBIG: 'file.full',
  ELOOP: 'file.loop',
  EIO: 'file.gone',
  ESTALE: 'file.gone',
  ENODEV: 'file.gone',
  ENXIO: 'file.gone',
  ENOTCONN: 'file.gone',
  ETIMEDOUT: 'file.gone',
};

/** A sentence, for behind the file's name and a colon. */
export function fileError(code: string): Message {
  return message(WORDS[code] ?? 'file.other', { code });
}

/** Linux's errors that Node has no names for, which disks over a network answer with. */
const UNNAMED: Readonly<Record<string, string>> = {
  'Unknown system error -116': 'ESTALE',
  'Unknown system error -122': 'EDQUOT',
};

/** `EACCES`; of what is no error of a system all that it says. */
export function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return UNNAMED[code] ?? code;
}
