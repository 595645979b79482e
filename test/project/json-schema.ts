/** As much of a JSON schema validator (draft 7) as the project file's schema has keywords; any other keyword fails. */

export interface JsonSchema {
  readonly $schema?: string;
  /** Of VS Code. */
  readonly allowTrailingCommas?: boolean;
  readonly description?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: JsonSchema | readonly JsonSchema[];
  readonly additionalItems?: boolean;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly propertyNames?: JsonSchema;
  readonly additionalProperties?: boolean | JsonSchema;
}

type Check = (value: unknown, schema: JsonSchema) => boolean;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  object: isObject,
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  integer: Number.isInteger,
};

/** A keyword says nothing of values of other types than its own. */
const text =
  (check: (value: string, schema: JsonSchema) => boolean): Check =>
  (value, schema) =>
    typeof value !== 'string' || check(value, schema);
const number =
  (check: (value: number, schema: JsonSchema) => boolean): Check =>
  (value, schema) =>
    typeof value !== 'number' || check(value, schema);
const list =
  (check: (value: readonly unknown[], schema: JsonSchema) => boolean): Check =>
  (value, schema) =>
    !Array.isArray(value) || check(value, schema);
const object =
  (check: (value: Record<string, unknown>, schema: JsonSchema) => boolean): Check =>
  (value, schema) =>
    !isObject(value) || check(value, schema);

const KEYWORDS: Readonly<Record<keyof JsonSchema, Check>> = {
  $schema: () => true,
  allowTrailingCommas: () => true,
  description: () => true,
  type: (value, { type = '' }) => TYPES[type]?.(value) ?? false,
  enum: (value, { enum: values = [] }) => values.includes(value),
  pattern: text((value, { pattern = '' }) => new RegExp(pattern, 'u').test(value)),
  minLength: text((value, { minLength = 0 }) => value.length >= minLength),
  minimum: number((value, { minimum = 0 }) => value >= minimum),
  maximum: number((value, { maximum = 0 }) => value <= maximum),
  items: list((value, { items }) =>
    value.every((item, index) => {
      const schema = Array.isArray(items) ? items[index] : items;
      return schema === undefined || keeps(schema, item);
    }),
  ),
  additionalItems: list(
    (value, { items = [], additionalItems }) =>
      additionalItems !== false || !Array.isArray(items) || value.length <= items.length,
  ),
  minItems: list((value, { minItems = 0 }) => value.length >= minItems),
  maxItems: list((value, { maxItems = 0 }) => value.length <= maxItems),
  properties: object((value, { properties = {} }) =>
    Object.entries(properties).every(
      ([key, schema]) => !Object.hasOwn(value, key) || keeps(schema, value[key]),
    ),
  ),
  required: object((value, { required = [] }) => required.every((key) => Object.hasOwn(value, key))),
  propertyNames: object((value, { propertyNames = {} }) =>
    Object.keys(value).every((key) => keeps(propertyNames, key)),
  ),
  additionalProperties: object((value, { properties = {}, additionalProperties = true }) =>
    Object.entries(value)
      .filter(([key]) => !Object.hasOwn(properties, key))
      .every(([, one]) =>
        typeof additionalProperties === 'boolean' ? additionalProperties : keeps(additionalProperties, one),
      ),
  ),
};

/** Whether a value keeps to a schema. */
export function keeps(schema: JsonSchema, value: unknown): boolean {
  return Object.entries(schema).every(([keyword, given]) => {
    if (given === undefined) return true;
    const check = Object.hasOwn(KEYWORDS, keyword) ? KEYWORDS[keyword as keyof JsonSchema] : undefined;
    if (!check) throw new Error(`the keyword ${keyword} is not known`);
    return check(value, schema);
  });
}
