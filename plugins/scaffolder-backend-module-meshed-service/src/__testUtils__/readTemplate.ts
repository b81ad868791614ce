import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { TemplateEntityV1beta3 } from '@backstage/plugin-scaffolder-common';
import { parse } from 'yaml';

/** A JSON Schema, as far as a form uses it. */
export type FormSchema = {
  type?: string;
  title?: string;
  description?: string;
  properties?: Record<string, FormSchema>;
  required?: string[];
  items?: FormSchema;
  oneOf?: FormSchema[];
  enum?: string[];
  pattern?: string;
  default?: unknown;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
};

/** The folder of the template, in this checkout. */
export const templateFolder = path.resolve(
  __dirname,
  '../../../../templates/meshed-service',
);

/** @returns the template as it stands in this checkout. */
export function readTemplate(): TemplateEntityV1beta3 & {
  spec: { parameters: FormSchema[] };
} {
  return parse(
    readFileSync(path.join(templateFolder, 'template.yaml'), 'utf8'),
  );
}

/** Every field of a form that holds a value, by its path; `[]` stands for the entries of a list. */
export function fieldsOf(
  schema: FormSchema,
  prefix = '',
): Array<[string, FormSchema]> {
  if (schema.oneOf)
    return schema.oneOf.flatMap(option => fieldsOf(option, prefix));
  if (schema.properties)
    return Object.entries(schema.properties).flatMap(([name, property]) =>
      fieldsOf(property, prefix ? `${prefix}.${name}` : name),
    );
  if (schema.items)
    return [[prefix, schema], ...fieldsOf(schema.items, `${prefix}[]`)];
  return [[prefix, schema]];
}
