// Writes schema.json, for editors, from the schema that the program checks with.
import { writeFileSync } from 'node:fs';
import { toJsonSchema } from '@valibot/to-json-schema';
import { rolldown } from 'rolldown';

/**
 * The JSON Schema of the config file.
 *
 * @returns {Promise<string>} JSON, as it is in schema.json
 */
export async function schemaText() {
  const bundle = await rolldown({ input: 'src/config/schema.ts', platform: 'node' });
  const { output } = await bundle.generate({ format: 'esm' });
  await bundle.close();
  const { ConfigSchema } = await import(`data:text/javascript,${encodeURIComponent(output[0].code)}`);
  const schema = toJsonSchema(ConfigSchema, {
    typeMode: 'input',
    errorMode: 'throw',
    overrideSchema: ({ valibotSchema, jsonSchema }) => {
      // The program warns of keys that it does not know; an editor does so by this.
      if (valibotSchema.type === 'object') return { ...jsonSchema, additionalProperties: false };
      return null;
    },
  });
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/**
 * Brings schema.json up to date.
 *
 * @param {string} path where it is
 */
export async function writeSchema(path) {
  writeFileSync(path, await schemaText());
}
