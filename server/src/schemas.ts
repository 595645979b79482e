/** The JSON schemas of kexec-mint.json, by the names of their files in `dist/`. The build writes them; nothing else does. */
import { RULES } from './memmap/rules';
import { projectFileJsonSchema } from './project/project-schema';

const names = RULES.map(({ name }) => name);

export const schemas: Readonly<Record<string, unknown>> = {
  'kexec-mint.schema.json': projectFileJsonSchema('en', names),
  'kexec-mint.schema.ja.json': projectFileJsonSchema('ja', names),
};
