import { z } from 'zod';
import { mappingSchema } from './load-mapping.ts';

const { write, identity, ...keys } = mappingSchema.shape;

/** A mapping as it may be written over a preset: whatever the preset says already may be left out. */
const overPreset = z
  .strictObject({ ...keys, write: write.partial(), identity: identity.partial() })
  .partial();

/**
 * The JSON Schema of a mapping as it is written: whole, or over a preset.
 * @param presets the names to be offered; others may stand in the district's own folder
 */
export function mappingJsonSchema(presets: readonly string[]): object {
  const { properties = {}, ...schema } = z.toJSONSchema(overPreset, { io: 'input', unrepresentable: 'any' });
  const known = presets.length === 0 ? {} : { anyOf: [{ enum: presets }, { type: 'string' }] };
  return {
    ...schema,
    properties: { ...properties, preset: { ...asObject(properties.preset), ...known } },
    anyOf: [
      { required: ['preset'] },
      {
        required: ['version', 'record', 'write', 'identity', 'fields'],
        properties: { write: { required: ['file'] }, identity: { required: ['id'] } },
      },
    ],
  };
}

function asObject(schema: unknown): object {
  return typeof schema === 'object' && schema !== null ? schema : {};
}
