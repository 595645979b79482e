/** The JSON schemas of kexec-mint.json, by the names of their files in `dist/`. The build writes them; nothing else does. */
import { RULE_NAMES } from './memmap/rule-names';
import { projectFileJsonSchema } from './project/project-schema';

export const schemas: Readonly<Record<string, unknown>> = {
  'kexec-mint.schema.json': projectFileJsonSchema('en', RULE_NAMES),
  'kexec-mint.schema.ja.json': projectFileJsonSchema('ja', RULE_NAMES),
};
