/** What commands that edit have in common. */
import { defaulted, flag } from '../words/options';
import { oneOf } from '../words/values';

export const EDIT_OPTIONS = {
  write: flag('cli.edit.write'),
  format: defaulted('cli.edit.format', oneOf(['text', 'json']), 'text'),
};
