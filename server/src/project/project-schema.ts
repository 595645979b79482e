/** What kexec-mint.json may hold. Its JSON schema, for editors, is made from this: `projectFileJsonSchema`. */
import { z } from 'zod';
import { type Locale, type MessageId, message, render } from '../messages';
import { parseAddress, parseNumber } from './numbers';
import { REGION_NAME, SEVERITIES } from './settings';

/** The texts that stand for keys in editors are in the catalogue; here stand their ids. */
function told<Schema extends z.ZodType>(schema: Schema, id: MessageId): Schema {
  return schema.describe(id);
}

const NUMBER = /^(0[xX][0-9a-fA-F]+|0[bB][01]+|[0-9]+)[uUlL]*$/;
const IDENTIFIER = /^[A-Za-z_]\w*$/;
/** No host has more; a number of this size is a slip. */
const HIGHEST_OSID = 999_999;

const address = z
  .string()
  .regex(NUMBER)
  .refine((text) => parseAddress(text) !== undefined);
/** A value as in C: what a variable holds once it has been set at run time. */
const constant = z
  .string()
  .regex(/^-?\s*(0[xX][0-9a-fA-F]+|0[bB][01]+|[0-9]+)[uUlL]*$/)
  .refine((text) => parseNumber(text.replace(/^-\s*/, '')) !== undefined);
/** Start and exclusive end. */
export const rangeSchema = z.tuple([address, address]);
const identifier = z.string().regex(IDENTIFIER);
const path = z.string().min(1);
const regionName = z.string().regex(/^region\d{1,6}$/);
const template = z.string().regex(REGION_NAME);
const osid = z.int().min(0).max(HIGHEST_OSID);

export const nodeSchema = z.strictObject({
  osid: told(osid, 'project.key.osid'),
  name: told(z.string().min(1), 'project.key.name').optional(),
  role: told(z.enum(['monitor', 'service']), 'project.key.role').optional(),
  source: told(path, 'project.key.source').optional(),
  define: told(z.record(identifier, constant), 'project.key.define').optional(),
  reserved: told(z.array(regionName), 'project.key.reserved').optional(),
  iomem: told(path, 'project.key.iomem').optional(),
  kexecOutput: told(path, 'project.key.kexecOutput').optional(),
  kernelLog: told(path, 'project.key.kernelLog').optional(),
  firmwareMemmap: told(path, 'project.key.firmwareMemmap').optional(),
  systemMap: told(path, 'project.key.systemMap').optional(),
  vmlinux: told(path, 'project.key.vmlinux').optional(),
  bzImage: told(path, 'project.key.bzImage').optional(),
  kernelTextStart: told(address, 'project.key.kernelTextStart').optional(),
});

export const allowanceSchema = z.strictObject({
  nodes: told(z.tuple([osid, osid]), 'project.key.allow.nodes'),
  regions: told(z.tuple([regionName, regionName]), 'project.key.allow.regions').optional(),
  reason: told(z.string().regex(/\S/), 'project.key.allow.reason'),
});

export const projectSchema = z.strictObject({
  $schema: z.string().optional(),
  window: told(rangeSchema, 'project.key.window').optional(),
  memory: told(z.array(rangeSchema), 'project.key.memory').optional(),
  dataModel: told(z.enum(['LP64', 'ILP32']), 'project.key.dataModel').optional(),
  nodeCount: told(z.int().min(1).max(64), 'project.key.nodeCount').optional(),
  osidNames: told(z.array(identifier).min(1), 'project.key.osidNames').optional(),
  regionNames: told(
    z.strictObject({
      start: told(template, 'project.key.regionNames.start'),
      size: told(template, 'project.key.regionNames.size'),
    }),
    'project.key.regionNames',
  ).optional(),
  nodes: told(z.array(nodeSchema), 'project.key.nodes').optional(),
  allowOverlaps: told(z.array(allowanceSchema), 'project.key.allowOverlaps').optional(),
  rules: told(z.record(z.string(), z.enum(SEVERITIES)), 'project.key.rules').optional(),
});

/** A node's JSON that keeps to the schema. */
export type NodeJson = z.infer<typeof nodeSchema>;

/** The keys of a node that name files of evidence. */
export const EVIDENCE_KEYS = [
  'iomem',
  'kexecOutput',
  'kernelLog',
  'firmwareMemmap',
  'systemMap',
  'vmlinux',
  'bzImage',
] as const satisfies readonly (keyof NodeJson)[];
export type EvidenceKey = (typeof EVIDENCE_KEYS)[number];

/** The JSON schema (draft 7, which editors read) with its texts in a language. @param rules names of the rules there are */
export function projectFileJsonSchema(locale: Locale, rules: readonly string[]): unknown {
  const schema = z.toJSONSchema(projectSchema, {
    target: 'draft-7',
    override: ({ jsonSchema }) => {
      const id = jsonSchema.description;
      if (id !== undefined) jsonSchema.description = render(message(id as MessageId), locale);
    },
  });
  const severity = { type: 'string', enum: SEVERITIES };
  const properties = Object.fromEntries(rules.map((rule) => [rule, severity]));
  Object.assign(schema.properties?.rules ?? {}, {
    propertyNames: undefined,
    properties,
    additionalProperties: false,
  });
  return schema;
}
