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
  dependencies?: Record<string, FormSchema>;
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

/** The folder of a template, in this checkout. */
export const templateFolder = (name = 'meshed-service') =>
  path.resolve(__dirname, '../../../../templates', name);

/** @returns a template as it stands in this checkout. */
export function readTemplate(
  name?: string,
): TemplateEntityV1beta3 & { spec: { parameters: FormSchema[] } } {
  return parse(
    readFileSync(path.join(templateFolder(name), 'template.yaml'), 'utf8'),
  );
}

/** @returns names of the templates that a portal registers. */
export function templateNames(): string[] {
  const all = readFileSync(path.join(templateFolder(''), 'all.yaml'), 'utf8');
  return parse(all).spec.targets.map((target: string) =>
    path.basename(path.dirname(target)),
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
