/** All commands, in the order of the manual. */
import type { Command } from '../words/command';
import { boot } from './boot';
import { check } from './check';
import { completion } from './completion';
import { explain } from './explain';
import { extend } from './extend';
import { help } from './help';
import { hover } from './hover';
import { lsp } from './lsp';
import { map } from './map';
import { verify } from './verify';
import { watch } from './watch';

export const COMMANDS: readonly Command[] = [
  map,
  check,
  explain,
  extend,
  watch,
  verify,
  hover,
  boot,
  lsp,
  completion,
  help,
];
