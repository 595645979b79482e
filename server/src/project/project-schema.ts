/** What kexec-mint.json may hold. Its JSON schema, for editors, is made from this: `projectFileJsonSchema`. */
// As a namespace: bundlers then leave out what is not used, zod's texts in forty languages above all.
import * as z from 'zod';
import { type Locale, type Message, type MessageId, message, render } from '../messages';
import { NUMBER_PATTERN, parseAddress } from './numbers';
import { REGION_NAME, SEVERITIES } from './settings';

/** The texts that stand for keys in editors are in the catalogue; here stand their ids. */
function told<Schema extends z.ZodType>(schema: Schema, id: MessageId): Schema {
  return schema.describe(id);
}

const IDENTIFIER = /^[A-Za-z_]\w*$/;
/** No host has more; a number of this size is a slip. */
const HIGHEST_OSID = 999_999;

const address = z
  .string()
  .regex(new RegExp(`^${NUMBER_PATTERN}$`))
  .refine((text) => parseAddress(text) !== undefined);
/** A value as in C: what a variable holds once it has been set at run time. */
const constant = z
  .string()
  .regex(new RegExp(`^-?${NUMBER_PATTERN}$`))
  .refine((text) => parseAddress(text.replace('-', '')) !== undefined);
/** Start and exclusive end. */
export const rangeSchema = z.tuple([address, address]);
const identifier = z.string().regex(IDENTIFIER);
const path = z.string().min(1);
const regionName = z.string().regex(/^region\d{1,6}$/);
const template = z.string().regex(REGION_NAME);
const osid = z.int().min(0).max(HIGHEST_OSID);

export const nodeSchema = z.strictObject({
  osid: told(osid, 'project.key.osid'),
  name: told(z.string().min(1).optional(), 'project.key.name'),
  role: told(z.enum(['monitor', 'service']).optional(), 'project.key.role'),
  source: told(path.optional(), 'project.key.source'),
  define: told(z.record(identifier, constant).optional(), 'project.key.define'),
  reserved: told(z.array(regionName).optional(), 'project.key.reserved'),
  iomem: told(path.optional(), 'project.key.iomem'),
  kexecOutput: told(path.optional(), 'project.key.kexecOutput'),
  kernelLog: told(path.optional(), 'project.key.kernelLog'),
  firmwareMemmap: told(path.optional(), 'project.key.firmwareMemmap'),
  systemMap: told(path.optional(), 'project.key.systemMap'),
  vmlinux: told(path.optional(), 'project.key.vmlinux'),
  bzImage: told(path.optional(), 'project.key.bzImage'),
  kernelTextStart: told(address.optional(), 'project.key.kernelTextStart'),
  memMin: told(address.optional(), 'project.key.memMin'),
  memMax: told(address.optional(), 'project.key.memMax'),
});

export const allowanceSchema = z.strictObject({
  nodes: told(z.tuple([osid, osid]), 'project.key.allow.nodes'),
  regions: told(z.tuple([regionName, regionName]).optional(), 'project.key.allow.regions'),
  reason: told(z.string().regex(/\S/), 'project.key.allow.reason'),
});

const regionNamesSchema = z.strictObject({
  start: told(template, 'project.key.regionNames.start'),
  size: told(template, 'project.key.regionNames.size'),
});

export const projectSchema = z.strictObject({
  $schema: told(z.string().optional(), 'project.key.schema'),
  window: told(rangeSchema.optional(), 'project.key.window'),
  memory: told(z.array(rangeSchema).optional(), 'project.key.memory'),
  dataModel: told(z.enum(['LP64', 'ILP32']).optional(), 'project.key.dataModel'),
  nodeCount: told(z.int().min(1).max(64).optional(), 'project.key.nodeCount'),
  osidNames: told(z.array(identifier).min(1).optional(), 'project.key.osidNames'),
  regionNames: told(regionNamesSchema.optional(), 'project.key.regionNames'),
  nodes: told(z.array(nodeSchema).optional(), 'project.key.nodes'),
  allowOverlaps: told(z.array(allowanceSchema).optional(), 'project.key.allowOverlaps'),
  rules: told(z.record(z.string(), z.enum(SEVERITIES)).optional(), 'project.key.rules'),
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

/** Optional keys without which the object around them says more: a wrong one takes the object with it. */
export const NARROWING_KEYS: ReadonlySet<unknown> = new Set<keyof typeof allowanceSchema.shape>(['regions']);

type Shape = Readonly<Record<string, z.ZodType>>;

/** By the key of the top level that they stand below. */
const SHAPES: Readonly<Record<string, Shape | undefined>> = {
  nodes: nodeSchema.shape,
  allowOverlaps: allowanceSchema.shape,
  regionNames: regionNamesSchema.shape,
};

/** The keys of the object at a path of the file. */
export function keysAt(path: readonly (string | number)[]): readonly string[] {
  const [first] = path;
  return Object.keys((first === undefined ? projectSchema.shape : SHAPES[first]) ?? {}).filter(
    (key) => !key.startsWith('$'),
  );
}

export interface KeyMeaning {
  /** `osid` */
  readonly key: string;
  /** What it holds. */
  readonly text: Message;
  /** Where it is wrong, the object that it stands in cannot go without it. */
  readonly isRequired: boolean;
}

/** The innermost key on a path of the file that the schema has a text for; undefined for the file as a whole. */
export function meaningOf(path: readonly (string | number)[]): KeyMeaning | undefined {
  const [first = ''] = path;
  const inner = path.slice(1).find((part) => typeof part === 'string') ?? '';
  const shape: Shape = projectSchema.shape;
  return meaningIn(SHAPES[first] ?? {}, inner) ?? meaningIn(shape, String(first));
}

function meaningIn(shape: Shape, key: string): KeyMeaning | undefined {
  const schema = Object.hasOwn(shape, key) ? shape[key] : undefined;
  const id = schema?.description;
  if (!schema || id === undefined) return undefined;
  const isRequired = NARROWING_KEYS.has(key) || !schema.safeParse(undefined).success;
  return { key, text: message(id as MessageId), isRequired };
}

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
  // VS Code's own keyword: the reader allows them.
  return { ...schema, allowTrailingCommas: true };
}
